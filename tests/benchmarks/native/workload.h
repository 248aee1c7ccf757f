#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "values/json_reader.h"

namespace fosterflow::benchmarks {

/// NDJSON in memory, readable beyond its end as the JSON reader wants it.
class Lines {
 public:
  explicit Lines(std::string text);
  [[nodiscard]] const std::vector<std::string_view>& all() const { return lines_; }

 private:
  std::string text_;
  std::vector<std::string_view> lines_;
};

struct Visitor {
  std::string id;
  Lines history;
  Lines fresh;
};

/// What `npm run bench -- --write-workload` left in a directory.
struct Workload {
  std::string segments;
  std::vector<Visitor> visitors;
};

/// Ends the program with a word of what to do when there is none.
Workload readWorkload(const std::string& directory);

}  // namespace fosterflow::benchmarks
