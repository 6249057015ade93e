#pragma once

// What is known of a capture as a whole, for people and as JSON: shared by `info` and `analyze`.

#include "engine/base/json_writer.h"
#include "engine/pipeline/capture_snapshot.h"

#include <string>

namespace timbre::cli {

[[nodiscard]] const char* severityName(capture::Severity severity);

/// "  Packets      1 204"
void writeFact(std::string& out, std::string_view title, std::string_view value);

/// The name of the file and the facts every summary starts with.
void writeHead(std::string& out, const pipeline::CaptureSnapshot& capture);
/// One line per interface.
void writeInterfaces(std::string& out, const capture::CaptureFacts& facts);

/// Members of an open object: file, format, sizes, interfaces, times …
void putFacts(JsonWriter& json, const pipeline::CaptureSnapshot& capture);
/// Members of an open object: spans with losses, and the span whose packets a ring has removed, where there is one.
void putLosses(JsonWriter& json, const capture::CaptureFacts& facts);
/// An object of its own on a line.
void putMessage(std::string& out, const std::string& file, const capture::ReaderMessage& message);

} // namespace timbre::cli
