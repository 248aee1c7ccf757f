#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "contact/contact.h"
#include "contact/message.h"
#include "language/definition_set.h"
#include "plan/plan.h"
#include "workload.h"

namespace fosterflow::benchmarks {

namespace {

/// The real offsets are the business of the host; one fixed offset costs the same.
class FixedZones final : public ZoneSource {
 public:
  bool knows(const std::string& /*name*/) override { return true; }
  ZoneStretch stretchAt(const std::string& /*name*/, Instant /*instant*/) override {
    ZoneStretch stretch;
    stretch.offsetMilliseconds = 3'600'000;
    return stretch;
  }
};

struct Setting {
  explicit Setting(const std::string& directory)
      : workload(readWorkload(directory)), zones(&source), messages(&interner) {
    JsonReader json;
    const DefinitionSet set = checkDefinitions(workload.segments, "", interner, json, zones);
    if (hasErrors(set.problems)) {
      std::cerr << "the segments of the workload are refused\n";
      std::exit(1);
    }
    plan = buildPlan(set, interner, zones);
  }

  std::unique_ptr<Contact> openContact(const Visitor& visitor) {
    const Symbol id = interner.intern(visitor.id);
    auto contact = std::make_unique<Contact>(&interner, &zones, id);
    interner.release(id);
    std::vector<Delta> deltas;
    contact->setPlan(plan, deltas);
    Message message;
    for (const std::string_view line : visitor.history.all()) {
      messages.read(line, message);
      contact->advanceTo(*message.timestamp, deltas);
      contact->apply(message, *message.timestamp, deltas);
    }
    return contact;
  }

  void moveTo(Contact& contact, std::string_view line) {
    Message message;
    std::vector<Delta> deltas;
    messages.read(line, message);
    contact.advanceTo(*message.timestamp, deltas);
  }

  Workload workload;
  FixedZones source;
  Interner interner;
  ZoneRegistry zones;
  MessageReader messages;
  std::shared_ptr<const Plan> plan;
};

Setting* setting = nullptr;

/// How far each message goes.
enum class Reach { kParse, kKeep, kDecide, kMoveAndDecide };

/// All that is timed, in one place that a profiler finds by its name.
[[gnu::noinline]] void takeMessages(const std::vector<std::string_view>& lines, Contact& contact,
                                    Reach reach) {
  std::vector<Delta> deltas;
  Message message;
  for (const std::string_view line : lines) {
    setting->messages.read(line, message);
    benchmark::DoNotOptimize(message);
    if (reach == Reach::kParse) continue;
    const Instant time = *message.timestamp;
    deltas.clear();
    if (reach == Reach::kMoveAndDecide) contact.advanceTo(time, deltas);
    if (reach == Reach::kKeep) {
      contact.load(message, time);
    } else {
      contact.apply(message, time, deltas);
    }
  }
}

/// One iteration is the new messages of one contact; its history is put in place outside the time.
void messages(benchmark::State& state, Reach reach) {
  const std::vector<Visitor>& visitors = setting->workload.visitors;
  size_t next = 0;
  size_t count = 0;
  for (auto _ : state) {
    const Visitor& visitor = visitors[next++ % visitors.size()];
    const std::vector<std::string_view>& lines = visitor.fresh.all();
    const std::unique_ptr<Contact> contact = setting->openContact(visitor);
    if (reach == Reach::kDecide) setting->moveTo(*contact, lines.back());
    const auto from = std::chrono::steady_clock::now();
    takeMessages(lines, *contact, reach);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - from;
    state.SetIterationTime(passed.count());
    count += lines.size();
  }
  state.SetItemsProcessed(static_cast<int64_t>(count));
}

}  // namespace

}  // namespace fosterflow::benchmarks

int main(int argumentCount, char** arguments) {
  using namespace fosterflow::benchmarks;
  benchmark::Initialize(&argumentCount, arguments);
  if (argumentCount != 2) {
    std::cerr << "usage: segments_benchmark WORKLOAD_DIRECTORY [--benchmark_…]\n";
    return 2;
  }
  Setting read(arguments[1]);
  setting = &read;
  for (const auto& [name, reach] :
       {std::pair{"parse", Reach::kParse}, std::pair{"parse, keep", Reach::kKeep},
        std::pair{"parse, keep, decide", Reach::kDecide},
        std::pair{"parse, move the clock, keep, decide", Reach::kMoveAndDecide}}) {
    benchmark::RegisterBenchmark(name, messages, reach)->UseManualTime()->Iterations(100);
  }
  benchmark::RunSpecifiedBenchmarks();
}
