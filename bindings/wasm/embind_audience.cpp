#include <emscripten/bind.h>

#include "audience_bridge.h"
#include "host_zones.h"

namespace {

using fosterflow::AudienceBridge;

// Never destroyed: the instance goes with its memory.
AudienceBridge& bridge() {
  static AudienceBridge& instance = *new AudienceBridge(&fosterflow::hostZones());
  return instance;
}

int32_t numberOf(fosterflow::BridgeStatus status) { return static_cast<int32_t>(status); }

}  // namespace

EMSCRIPTEN_BINDINGS(fosterflow_audience) {
  using emscripten::function;
  function(
      "reserveInput",
      +[](uint32_t bytes) { return static_cast<uint32_t>(bridge().reserveInput(bytes)); });
  function(
      "responseAddress", +[]() { return static_cast<uint32_t>(bridge().responseAddress()); });
  function(
      "responseLength", +[]() { return bridge().responseLength(); });
  function(
      "define", +[](uint32_t segments, uint32_t parameters) {
        return numberOf(bridge().define(segments, parameters));
      });
  function(
      "setHashKey", +[](uint32_t first, uint32_t second, uint32_t third, uint32_t fourth) {
        bridge().setHashKey(first, second, third, fourth);
      });
  function(
      "beginLoad", +[]() { return numberOf(bridge().beginLoad()); });
  function(
      "ingest", +[](uint32_t length) { return numberOf(bridge().ingest(length)); });
  function(
      "commitLoad", +[]() { return numberOf(bridge().commitLoad()); });
  function(
      "dropLoad", +[]() { return numberOf(bridge().dropLoad()); });
  function(
      "append",
      +[](uint32_t length, double now) { return numberOf(bridge().append(length, now)); });
  function(
      "draft", +[](uint32_t length) { return numberOf(bridge().draft(length)); });
  function(
      "metric",
      +[](uint32_t metric, uint32_t zone) { return numberOf(bridge().metric(metric, zone)); });
  function(
      "count",
      +[](int32_t set, int32_t segment, double at) { return bridge().count(set, segment, at); });
  function(
      "counts", +[](double at) { return numberOf(bridge().counts(at)); });
  function(
      "members", +[](int32_t set, int32_t segment, double at, uint32_t limit, int32_t hasAfter,
                     uint32_t afterLength) {
        return numberOf(bridge().members(set, segment, at, limit, hasAfter, afterLength));
      });
  function(
      "overlap", +[](int32_t first, int32_t second, double at) {
        return numberOf(bridge().overlap(first, second, at));
      });
  function(
      "impact", +[](double at, uint32_t limit, int32_t hasAfter, uint32_t afterLength) {
        return numberOf(bridge().impact(at, limit, hasAfter, afterLength));
      });
  function(
      "distribution",
      +[](double at, uint32_t buckets, uint32_t bounds, int32_t withinSet, int32_t withinSegment) {
        return numberOf(bridge().distribution(at, buckets, bounds, withinSet, withinSegment));
      });
  function(
      "quantile", +[](double q, double at, int32_t withinSet, int32_t withinSegment) {
        return bridge().quantile(q, at, withinSet, withinSegment);
      });
  function(
      "statistics", +[]() { return numberOf(bridge().statistics()); });
  function(
      "beginSave", +[]() { return bridge().beginSave(); });
  function(
      "pieceAddress",
      +[](int32_t piece) { return static_cast<uint32_t>(bridge().pieceAddress(piece)); });
  function(
      "pieceLength", +[](int32_t piece) { return bridge().pieceLength(piece); });
  function(
      "endSave", +[]() { bridge().endSave(); });
  function(
      "open", +[](uint32_t length) { return numberOf(bridge().open(length)); });
  function(
      "clear", +[]() { return numberOf(bridge().clear()); });
  function(
      "forgetAnswers", +[]() { bridge().forgetAnswers(); });
  function(
      "textCount", +[]() { return bridge().textCount(); });
}
