#include "audience/file_checksum.h"

#include <algorithm>
#include <cstring>

namespace fosterflow {

namespace {

constexpr uint64_t kMultiplier = 0x9FB21C651E98DF25;

uint64_t mixed(uint64_t lane, uint64_t word) {
  lane = (lane ^ word) * kMultiplier;
  return lane ^ lane >> 32;
}

}  // namespace

void FileChecksum::take(const char* block) {
  for (size_t lane = 0; lane < lanes_.size(); ++lane) {
    uint64_t word = 0;
    std::memcpy(&word, block + lane * sizeof(word), sizeof(word));
    lanes_[lane] = mixed(lanes_[lane], word);
  }
}

void FileChecksum::add(std::string_view bytes) {
  size_ += bytes.size();
  if (restSize_ > 0) {
    const size_t taken = std::min(kBlock - restSize_, bytes.size());
    std::memcpy(rest_.data() + restSize_, bytes.data(), taken);
    restSize_ += taken;
    bytes.remove_prefix(taken);
    if (restSize_ < kBlock) return;
    take(rest_.data());
    restSize_ = 0;
  }
  while (bytes.size() >= kBlock) {
    take(bytes.data());
    bytes.remove_prefix(kBlock);
  }
  if (!bytes.empty()) std::memcpy(rest_.data(), bytes.data(), bytes.size());
  restSize_ = bytes.size();
}

uint64_t FileChecksum::value() const {
  FileChecksum last = *this;
  const uint64_t size = size_;
  std::fill(last.rest_.begin() + static_cast<std::ptrdiff_t>(restSize_), last.rest_.end(), '\0');
  last.take(last.rest_.data());
  uint64_t sum = size;
  for (const uint64_t lane : last.lanes_) sum = mixed(sum, lane);
  return mixed(sum, size);
}

}  // namespace fosterflow
