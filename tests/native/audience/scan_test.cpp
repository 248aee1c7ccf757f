#include <gtest/gtest.h>

#include <random>

#include "audiences.h"

namespace fosterflow {
namespace {

// So many contacts that the audience chooses other ways than with a handful.
class ScanTest : public Audiences {
 protected:
  static constexpr Instant kEnd = 1'000'000;

  static std::string event(std::mt19937& random, std::string_view name, int contact) {
    // Most events lie close to the end, some after it, and many at the same instants.
    const auto ago = static_cast<Instant>(random() % 40 * (random() % 25) * (random() % 1000));
    std::string line = R"({"type":"track","event":")" + std::string(name) + R"(","userId":"c)" +
                       std::to_string(contact) + R"(","timestamp":)" +
                       std::to_string(kEnd + 500 - ago) + R"(,"properties":{)";
    const char* kinds[] = {"shoes", "hats", "bags", "coats"};
    if (random() % 8 > 0) line += R"("kind":")" + std::string(kinds[random() % 4]) + R"(",)";
    if (random() % 16 > 0) line += R"("price":)" + std::to_string(random() % 9999) + "e-2,";
    if (random() % 40 == 0) line += R"("rare":)" + std::to_string(random() % 5) + ",";
    return line + R"("ratio":)" + std::to_string(static_cast<double>(random() % 1000) / 3.0) +
           R"(,"text":")" + std::to_string(random() % 500) + R"("}})";
  }

  static Texts base(uint32_t seed, int contacts) {
    std::mt19937 random(seed);
    Texts lines;
    for (int contact = 0; contact < contacts; ++contact) {
      const auto events = random() % 3 == 0 ? 0 : random() % 12;
      for (uint32_t count = 0; count < events; ++count) {
        const char* names[] = {"viewed", "added", "ordered", "ordered"};
        lines.push_back(event(random, names[random() % 4], contact));
      }
      lines.push_back(identify(10,
                               R"({"country":")" + std::string(random() % 3 ? "US" : "DE") +
                                   R"(","n":)" + std::to_string(random() % 7) + "}",
                               "c" + std::to_string(contact)));
      if (random() % 2 == 0) {
        lines.push_back(R"({"type":"channel","channel":"email","userId":"c)" +
                        std::to_string(contact) + R"(","timestamp":5,"reachable":)" +
                        (random() % 3 > 0 ? "true}" : "false}"));
      }
    }
    std::shuffle(lines.begin(), lines.end(), random);
    return lines;
  }

  void expectSameForRules() { expectSame(kRules, {kEnd, kEnd - 30'000, kEnd + 400}); }

  static constexpr std::string_view kRules[] = {
      R"({"kind":"all","of":[
          {"kind":"event","event":"ordered","op":"gte","value":2,"window":{"last":{"seconds":30}}},
          {"kind":"attribute","attribute":"country","op":"contains","value":"US"}]})",
      R"({"kind":"all","of":[
          {"kind":"event","event":"ordered","measure":{"fn":"sum","property":"price"},"op":"gt",
           "value":90,"window":{"last":{"minutes":5}}},
          {"kind":"channel","channel":"email","op":"reachable"},
          {"kind":"none","of":[{"kind":"event","event":"viewed","window":{"last":{"seconds":9}}}]}]})",
      R"({"kind":"event","event":"added","window":{"last":{"seconds":20},
          "since":{"event":"ordered"}}})",
      R"({"kind":"event","event":"viewed","where":{"kind":"property","property":"price","op":"lt",
          "value":50},"op":"gte","value":2,"window":{"last":{"minutes":1}}})",
      R"({"kind":"event","event":"ordered","where":{"kind":"property","property":"price","op":"not_between",
          "value":[20,59.99]}})",
      R"({"kind":"event","event":["viewed","ordered"],"op":"gte","value":5,
          "window":{"last":{"minutes":9}}})",
      R"({"kind":"event","event":"ordered","where":{"kind":"property","property":"kind","op":"eq",
          "value":"shoes"},"measure":{"fn":"avg","property":"price"},"op":"gt","value":50.3})",
      R"({"kind":"event","event":["ordered","added"],"where":{"kind":"any","of":[
          {"kind":"property","property":"rare","op":"gte","value":2},
          {"kind":"none","of":[{"kind":"property","property":"text","op":"contains","value":"1"}]},
          {"kind":"property","property":"ratio","op":"lte","value":70.5}]},
          "measure":{"fn":"sum","property":"ratio"},"op":"gte","value":400})",
      R"({"kind":"event","event":"viewed","measure":{"fn":"max","property":"rare"},"op":"lt",
          "value":3})",
      R"({"kind":"sequence","window":{"last":{"minutes":6}},"steps":[{"event":"viewed"},
          {"event":"added","within":{"seconds":90}},{"event":"ordered","within":{"seconds":45}}]})",
      R"({"kind":"sequence","steps":[{"event":"ordered"},{"event":"ordered",
          "where":{"kind":"property","property":"kind","op":"eq","value":"hats"}}]})",
      R"({"kind":"attribute","attribute":"n","op":"gte","value":5})",
      R"({"kind":"channel","channel":"email","op":"unreachable"})",
  };
};

TEST_F(ScanTest, AnswersForManyContactsAsForEach) {
  load(base(1, 700));
  expectSameForRules();
}

TEST_F(ScanTest, AnswersForThoseThatCameLaterToo) {
  const Texts lines = base(2, 500);
  const auto half = lines.begin() + static_cast<std::ptrdiff_t>(lines.size()) * 4 / 5;
  load({lines.begin(), half});
  expectSameForRules();
  append({half, lines.end()});
  expectSameForRules();
  append(
      {track(kMaxInstant, R"(,"properties":{"price":1e300,"kind":7})", "c1"),
       R"({"type":"track","event":"ordered","userId":"c2","timestamp":-9e12,"properties":{"price":0.001}})"});
  expectSameForRules();
  audience_->store().compact();
  expectSameForRules();
}

}  // namespace
}  // namespace fosterflow
