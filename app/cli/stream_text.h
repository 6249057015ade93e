#pragma once

// Voice streams for people and for programs.

#include "engine/audio/stream_report.h"
#include "engine/base/json_writer.h"

namespace timbre::cli {

/// One object with everything that is known of the stream, reasons included.
void putStream(JsonWriter& json, const audio::StreamReport& stream);
/// A table, one line per stream.
void writeStreams(std::string& out, const audio::StreamList& streams);

} // namespace timbre::cli
