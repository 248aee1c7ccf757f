#include <gtest/gtest.h>

#include <random>

#include "audience/message_loader.h"
#include "audiences.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {
namespace {

/// The same lines through the loader, and one by one through the MessageReader.
class LoaderTest : public Audiences {
 protected:
  struct Taken {
    std::vector<std::pair<Refusal, bool>> lines;
    std::string content;
  };

  template <typename Read>
  Taken take(const Texts& lines, const Read& read) {
    Audience audience(&interner_, &zones_);
    Taken taken;
    audience.store().beginLoad();
    read(audience.store(), taken);
    audience.store().commitLoad();
    taken.content = contentOf(audience.store(), lines.size());
    return taken;
  }

  Taken byLoader(const Texts& lines) {
    return take(lines, [&](AudienceStore& store, Taken& taken) {
      std::string text;
      for (const std::string& line : lines) text += line + '\n';
      text.append(JsonReader::kPadding, '"');
      MessageLoader loader(store, messages_);
      size_t place = 0;
      for (const std::string& line : lines) {
        bool wasCut = false;
        const Refusal refusal = loader.load({text.data() + place, line.size()}, wasCut);
        taken.lines.emplace_back(refusal, wasCut);
        place += line.size() + 1;
      }
      loader.flush();
    });
  }

  Taken byReader(const Texts& lines) {
    return take(lines, [&](AudienceStore& store, Taken& taken) {
      for (const std::string& line : lines) {
        std::string padded = line;
        padded.append(JsonReader::kPadding, ' ');
        Message message;
        Refusal refusal = messages_.read({padded.data(), line.size()}, message);
        if (refusal == Refusal::kNone) refusal = store.stage(message);
        taken.lines.emplace_back(refusal, message.wasCut);
      }
    });
  }

  std::string contentOf(const AudienceStore& store, size_t lines) {
    std::string content = std::to_string(store.messageCount()) + " of " + std::to_string(lines) +
                          " at " + std::to_string(store.latest().value_or(-1)) + '\n';
    for (uint32_t slot = 0; slot < store.slotCount(); ++slot) {
      content += std::string(store.idOf(slot)) + '\n';
      for (const auto& table : store.tables()) {
        const SlotRanges::Range range = table->ranges().of(slot);
        for (uint32_t row = range.first; row < range.last; ++row) {
          content += std::string(interner_.text(table->name())) + ' ' +
                     std::to_string(table->times()[row]) + ' ' +
                     std::to_string(table->fingerprint(row)) + ' ';
          appendCanonicalJson(content, table->sourceProperties(row).root(), interner_);
          content += '\n';
        }
      }
    }
    return content;
  }

  void expectSame(const Texts& lines) {
    const Taken loaded = byLoader(lines);
    const Taken read = byReader(lines);
    ASSERT_EQ(loaded.lines.size(), read.lines.size());
    for (size_t line = 0; line < lines.size(); ++line) {
      ASSERT_EQ(loaded.lines[line], read.lines[line])
          << lines[line] << ": " << refusalName(loaded.lines[line].first) << ", "
          << refusalName(read.lines[line].first);
    }
    ASSERT_EQ(loaded.content, read.content);
  }

  static std::string event(std::string_view members) {
    return R"({"messageId":"m","type":"track","event":"X","userId":"u","timestamp":"2026-11-23T10:00:00.123Z")" +
           std::string(members) + "}";
  }
  static std::string withProperties(std::string_view properties) {
    return event(R"(,"properties":{)" + std::string(properties) + "}");
  }
};

TEST_F(LoaderTest, ReadsWhatTheMessageReaderReads) {
  Texts lines = {
      event(""),
      withProperties(""),
      withProperties(R"("a":1,"b":"x","c":true,"d":false,"e":null)"),
      withProperties(R"("b":"x","a":1)"),
      withProperties(R"("a":1,"a":2)"),
      withProperties(R"("a":[1,2,{"b":[]}],"o":{"p":{"q":1}})"),
      withProperties(R"("a":[1,2,{"b":[]}],"o":{"p":{"q":1}})"),
      withProperties(R"("a":[1,2,{"b":[]}],"a":[3])"),
      withProperties(R"("a":[3],"a":[1,2,{"b":[]}])"),
      withProperties(R"("a":[3)"),
      withProperties(R"("a":[3}])"),
      withProperties(R"("a":[1 2])"),
      withProperties(R"("":"","é":"ü")"),
      withProperties("\"a\":\"\xff\""),
      withProperties("\"a\":\"\x01\""),
      withProperties(R"("a":"\u0041","b":"\"")"),
      event(R"(,"properties":null)"),
      event(R"(,"properties":[1])"),
      event(R"(,"properties":{"a":[1]},"properties":{"a":[2]})"),
      event(R"(,"properties":{"a":[1]})"),
      event(R"(,"userId":"v")"),
      event(R"(,"anonymousId":"v")"),
      event(R"(,"anonymousId":7)"),
      event(R"(,"context":{"page":{"a":[1,2.5e3,"x",null]},"empty":{}})"),
      event(R"(,"context":{"page":{"a":[1,2.5e3,"x",nul]}})"),
      event(R"(,"context":1e999)"),
      event(R"(,"context":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]])"),
      event(R"(,"name":"n")"),
      R"({"type":"page","name":"n","userId":"u","timestamp":5,"properties":{"name":"o"}})",
      R"({"type":"page","userId":"u","timestamp":"2026-11-23T10:00:01Z","properties":{"name":"o"}})",
      R"({"type":"screen","anonymousId":"a","timestamp":"2026-11-23T10:00:01Z"})",
      R"({"type":"page","userId":"","anonymousId":"a","timestamp":"2026-11-23T10:00:02Z"})",
      R"({"type":"track","event":"","userId":"u","timestamp":"2026-11-23T10:00:02Z"})",
      R"({"type":"track","userId":"u","timestamp":"2026-11-23T10:00:02Z"})",
      R"({"type":"track","event":"X","userId":"u"})",
      R"({"type":"identify","userId":"u","traits":{"a":1}})",
      R"({ "type": "page", "userId": "u", "timestamp": "2026-11-23T10:00:03Z", "properties": {"a": 1, "b": [1, 2]}})",
      event("") + " ",
      " " + event(""),
      event("") + "x",
      event(","),
      "{}",
      "",
      "{",
  };
  for (const std::string_view number : {"0",
                                        "-0",
                                        "0.0",
                                        "-0.0",
                                        "1.",
                                        ".1",
                                        "01",
                                        "-",
                                        "1e5",
                                        "1E-5",
                                        "123456789012345",
                                        "1234567890123456",
                                        "9007199254740993",
                                        "0.1",
                                        "19.99",
                                        "0.30000000000000004",
                                        "5e-324",
                                        "1e308",
                                        "1e309",
                                        "-1e400",
                                        "1.7976931348623157e308",
                                        "+1",
                                        "1x",
                                        "--1",
                                        "12345678901234.5",
                                        "0.000000000000001",
                                        "0.0000000000000001",
                                        "1 ",
                                        "NaN"}) {
    lines.push_back(withProperties("\"a\":" + std::string(number)));
  }
  for (const std::string_view time :
       {"2026-11-23T10:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T10:60:00Z",
        "2026-11-23T10:00:60Z", "2026-11-23T10:00Z", "2026-11-23", "2026-11-23T10:00:00",
        "2026-11-23T10:00:00.1Z", "2026-11-23T10:00:00.1239Z", "2026-11-23T10:00:00+01:00",
        "2026-11-23T10:00:00.12xZ", "2026-02-29T10:00:00Z", "+002026-11-23T10:00:00Z",
        "2026-11-23 10:00:00Z", "1969-12-31T23:59:59.999Z", "1969-12-31T00:00:00.000Z", ""}) {
    lines.push_back(R"({"type":"page","userId":"t","timestamp":")" + std::string(time) + "\"}");
  }
  std::string many;
  for (int index = 0; index < 300; ++index) {
    many += (index > 0 ? ",\"k" : "\"k") + std::to_string(index) + "\":" + std::to_string(index);
  }
  lines.push_back(withProperties(many));
  lines.push_back(withProperties("\"o\":{" + many + "}"));
  lines.push_back(withProperties("\"o\":[{" + many + "}]"));
  lines.push_back(withProperties("\"a\":\"" + std::string(kMaxMessageBytes, 'x') + "\""));
  for (size_t index = 0; index < 3; ++index)
    lines.insert(lines.end(), lines.begin(), lines.begin() + 20);
  expectSame(lines);
}

TEST_F(LoaderTest, ReadsWhatTheMessageReaderReadsOfDamagedLines) {
  const Texts good = {
      withProperties(R"("sku":"S-1","category":"hats","price":19.99)"),
      withProperties(R"("sku":"S-2","price":5,"products":[{"sku":"S-1","n":[1,true]}],"x":null)"),
      event(R"(,"context":{"a":[1,"b"],"c":{"d":-2.5}},"properties":{"o":{"p":"é"}})"),
      R"({"type":"page","userId":"p","timestamp":"2026-11-23T10:00:01Z","properties":{"path":"/"}})",
      R"({"type":"identify","userId":"p","timestamp":9,"traits":{"a":"b"}})",
  };
  constexpr std::string_view kBytes = "{}[]:,\"\\ 0123456789.-+eEtrufalsn\x01\xC3\xA9\xFFzT";
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    Texts lines;
    for (int count = 0; count < 150; ++count) {
      std::string line = good[random() % good.size()];
      for (uint32_t edits = random() % 4; edits > 0; --edits) {
        const size_t place = random() % line.size();
        const char byte = kBytes[random() % kBytes.size()];
        switch (random() % 4) {
          case 0:
            line[place] = byte;
            break;
          case 1:
            line.insert(place, 1, byte);
            break;
          case 2:
            line.erase(place, 1 + random() % 3);
            break;
          default: {
            const size_t from = random() % line.size();
            line.insert(place, line.substr(from, random() % 30));
            break;
          }
        }
        if (line.empty()) line = "x";
      }
      lines.push_back(std::move(line));
    }
    expectSame(lines);
  }
}

}  // namespace
}  // namespace fosterflow
