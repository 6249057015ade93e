#include "app/cli/analysed_capture.h"
#include "app/cli/stream_text.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

void writeJson(std::string& out, const pipeline::CaptureSnapshot& capture, const audio::StreamList& list)
{
    JsonWriter json(out);
    json.beginObject().member("type", "audio").member("file", capture.path);
    json.key("streams").beginArray();
    for (const auto& stream : list.streams)
        putStream(json, *stream);
    json.endArray();
    const audio::MonitorCounters& counters = list.counters;
    json.key("limits")
        .beginObject()
        .member("streams_refused", counters.streamsRefused)
        .member("flows_refused", counters.flowsRefused)
        .member("candidates_dropped", counters.candidatesDropped)
        .member("announcements_dropped", counters.announcementsDropped)
        .endObject();
    json.endObject();
    out += '\n';
}

} // namespace

ExitCode runAudio(const AudioOptions& options)
{
    if (!checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    const LoadedCapture loaded = openCapture(options.file, options.capture, options.analysis);
    if (loaded.code != ExitCode::Done)
        return loaded.code;
    const pipeline::CaptureSnapshot& capture = loaded.capture;
    const audio::StreamList none;
    const audio::StreamList& list = capture.audio ? *capture.audio : none;
    Output output = Output::standard();
    complainOf(capture);
    if (options.text)
        writeStreams(output.text(), list);
    else
        writeJson(output.text(), capture, list);
    const bool capped = list.counters.streamsRefused > 0 || list.counters.flowsRefused > 0;
    return finished(output, worse(outcomeOf(capture), capped ? ExitCode::Incomplete : ExitCode::Done));
}

} // namespace timbre::cli
