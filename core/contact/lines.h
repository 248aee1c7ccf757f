#pragma once

#include <cstdint>
#include <string_view>

namespace fosterflow {

/// Walks the lines of NDJSON text: skips a BOM at the start of the text, blank lines, and CR before
/// LF. Counts all lines.
class Lines {
 public:
  /// `firstLine`: the number of the first line; a BOM is looked for only in line 1.
  explicit Lines(std::string_view text, uint64_t firstLine = 1)
      : rest_(text), nextLine_(firstLine) {
    if (firstLine == 1 && rest_.substr(0, 3) == "\xEF\xBB\xBF") rest_.remove_prefix(3);
  }

  /// The next line that is not blank; false at the end.
  bool next(std::string_view& line) {
    while (!rest_.empty()) {
      const size_t end = rest_.find('\n');
      line = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      number_ = nextLine_++;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
    }
    return false;
  }

  /// The number of the line that `next` gave last.
  [[nodiscard]] uint64_t number() const { return number_; }
  /// The number of the line that comes next.
  [[nodiscard]] uint64_t nextLine() const { return nextLine_; }

 private:
  std::string_view rest_;
  uint64_t number_ = 0;
  uint64_t nextLine_;
};

}  // namespace fosterflow
