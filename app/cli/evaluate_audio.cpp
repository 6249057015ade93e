#include "app/cli/analysed_capture.h"
#include "app/cli/text_table.h"
#include "engine/audio/evaluation.h"
#include "engine/base/json_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::cli {

namespace {

using audio::ClassResult;
using audio::TrafficKind;

// Which streams of a capture count: long enough, and nothing missing that would be the capture's fault.
constexpr std::uint64_t kMinPackets = 100;
constexpr double kMaxLoss = 0.01;

const char* kindName(TrafficKind kind)
{
    return kind == TrafficKind::Speech ? "speech" : "tunnel";
}

/// Captures below `directory`, in the order of their paths.
std::vector<std::filesystem::path> capturesIn(const std::filesystem::path& directory)
{
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator each(directory, error), end; !error && each != end;
         each.increment(error)) {
        const std::string ending = each->path().extension();
        if (each->is_regular_file(error) && (ending == ".pcap" || ending == ".pcapng" || ending == ".cap"))
            paths.push_back(each->path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

TrafficKind kindOf(const std::filesystem::path& relative)
{
    const auto isTunnel = [](const std::filesystem::path& part) { return part.string().starts_with("tunnel"); };
    const std::filesystem::path folder = relative.parent_path();
    return std::any_of(folder.begin(), folder.end(), isTunnel) ? TrafficKind::Tunnel : TrafficKind::Speech;
}

ClassResult& classFor(std::vector<ClassResult>& classes, const std::filesystem::path& relative)
{
    const std::string folder = relative.parent_path().generic_string();
    const std::string name = folder.empty() ? "captures" : "captures, " + folder;
    const auto known =
        std::find_if(classes.begin(), classes.end(), [&](const auto& each) { return each.name == name; });
    if (known != classes.end())
        return *known;
    ClassResult added;
    added.name = name;
    added.kind = kindOf(relative);
    return classes.emplace_back(std::move(added));
}

/// False when the file could not be read.
bool judgeCapture(const std::filesystem::path& path, ClassResult& result)
{
    NoFlows nowhere;
    const auto capture = analyseFile(path, runOptions({}, true), nowhere);
    if (!capture)
        return false;
    for (const auto& stream : capture->audio->streams) {
        const bool counts =
            stream->media == audio::Media::Audio && stream->packets >= kMinPackets && stream->lossShare() <= kMaxLoss;
        if (counts)
            audio::count(result, stream->calibrated.verdict);
    }
    return true;
}

bool judgeCorpus(const std::string& directory, std::vector<ClassResult>& classes)
{
    std::error_code error;
    if (!std::filesystem::is_directory(directory, error)) {
        complain(fmt::format("{} is no directory that can be read.", directory));
        return false;
    }
    std::vector<ClassResult> found;
    for (const std::filesystem::path& path : capturesIn(directory)) {
        if (interrupted())
            return false;
        const auto relative = path.lexically_relative(directory);
        if (!judgeCapture(path, classFor(found, relative)))
            complain(fmt::format("{} is left out: it cannot be read as a capture.", path.string()));
    }
    std::copy_if(found.begin(), found.end(), std::back_inserter(classes),
                 [](const ClassResult& each) { return each.streams > 0; });
    return true;
}

void writeJson(std::string& out, const std::vector<ClassResult>& classes)
{
    JsonWriter json(out);
    json.beginObject().key("classes").beginArray();
    for (const ClassResult& each : classes)
        json.beginObject()
            .member("name", each.name)
            .member("kind", kindName(each.kind))
            .member("streams", each.streams)
            .member("legitimate", each.legitimate)
            .member("suspect", each.suspect)
            .member("abusive", each.abusive)
            .member("undecided", each.undecided)
            .endObject();
    json.endArray().endObject();
    out += '\n';
}

void writeTable(std::string& out, const std::vector<ClassResult>& classes)
{
    TextTable table(out, {{"class", false},
                          {"kind", false},
                          {"streams", true},
                          {"legitimate", true},
                          {"suspect", true},
                          {"abusive", true},
                          {"undecided", true},
                          {"as it should be", true}});
    for (const ClassResult& each : classes) {
        const std::uint64_t right = each.kind == TrafficKind::Speech ? each.legitimate : each.suspect + each.abusive;
        const double share =
            each.streams == 0 ? 0.0 : 100.0 * static_cast<double>(right) / static_cast<double>(each.streams);
        table.add({each.name, kindName(each.kind), fmt::format("{}", each.streams), fmt::format("{}", each.legitimate),
                   fmt::format("{}", each.suspect), fmt::format("{}", each.abusive), fmt::format("{}", each.undecided),
                   fmt::format("{:.1f} %", share)});
    }
    table.finish();
}

} // namespace

ExitCode evaluateAudio(const EvaluateOptions& options)
{
    std::vector<ClassResult> classes;
    const audio::EvaluationOptions settings{
        .seed = options.seed, .streamsPerClass = options.streams, .lossPercent = options.lossPercent};
    {
        ProgressLine line("Making and judging traffic");
        const auto& all = audio::trafficClasses();
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (interrupted())
                return ExitCode::Interrupted;
            line.show(static_cast<double>(i) / static_cast<double>(all.size()));
            classes.push_back(audio::evaluateClass(all[i], settings, {}));
        }
    }
    if (!options.corpus.empty() && !judgeCorpus(options.corpus, classes))
        return interrupted() ? ExitCode::Interrupted : ExitCode::Failed;
    Output output = Output::standard();
    options.json ? writeJson(output.text(), classes) : writeTable(output.text(), classes);
    return finished(output, ExitCode::Done);
}

} // namespace timbre::cli
