#include "app/cli/corpus_flows.h"

#include "app/cli/analysed_capture.h"
#include "engine/pipeline/service_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace timbre::cli {

namespace {

constexpr std::size_t kMostPackets = 1024;

/// Keeps the first packets of every flow until it ends.
class Collector final : public pipeline::Analyzer {
public:
    Collector(std::string capture, std::size_t fewestPackets, std::vector<resonance::RecordedFlow>& flows)
        : m_capture(std::move(capture))
        , m_fewestPackets(fewestPackets)
        , m_flows(flows)
    {
    }

    void setNames(std::shared_ptr<const StringPool> names) { m_names = std::move(names); }

    pipeline::Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                               const flow::Frame& frame) override
    {
        std::vector<resonance::RecordedPacket>& packets = m_open[flow.record.index];
        if (packets.size() >= kMostPackets)
            return pipeline::Attention::Enough;
        resonance::RecordedPacket recorded;
        recorded.packet.time = frame.time;
        recorded.packet.side = side;
        recorded.packet.size = static_cast<std::uint16_t>(std::min<std::uint32_t>(frame.originalLength, 0xffff));
        recorded.packet.entropy = packet.payload.empty() ? 0.0F : frame.payloadEntropy;
        recorded.prefix = resonance::Prefix::of(packet.payload);
        packets.push_back(recorded);
        return pipeline::Attention::More;
    }

    void flowEnded(const flow::FlowRecord& record) override
    {
        const auto found = m_open.find(record.index);
        if (found == m_open.end())
            return;
        if (found->second.size() >= m_fewestPackets && record.tunnel == decode::Tunnel::None)
            m_flows.push_back({labelOf(record), std::move(found->second)});
        m_open.erase(found);
    }

private:
    [[nodiscard]] std::string labelOf(const flow::FlowRecord& record) const
    {
        std::string_view spoken = toString(record.app);
        if (spoken.empty())
            spoken = pipeline::serviceOf(record);
        const std::string what =
            spoken.empty() ? decode::l4Name(record.key.l4, record.key.protocol) : std::string(spoken);
        for (const StringId name : {record.serverName, record.httpHost, record.hostNames[1]}) {
            if (name != 0)
                return std::string(siteOf(m_names->text(name))) + "/" + what;
        }
        return m_capture + "/" + what;
    }

    std::string m_capture;
    std::size_t m_fewestPackets;
    std::vector<resonance::RecordedFlow>& m_flows;
    std::shared_ptr<const StringPool> m_names;
    std::unordered_map<std::uint32_t, std::vector<resonance::RecordedPacket>> m_open; // by FlowRecord::index
};

std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& directory)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end;
         it.increment(error)) {
        if (it->is_regular_file(error))
            files.push_back(it->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool allDigitsAndDots(std::string_view text)
{
    return text.find_first_not_of("0123456789.:") == std::string_view::npos;
}

} // namespace

std::string_view siteOf(std::string_view hostName)
{
    if (const auto colon = hostName.find(':');
        colon != std::string_view::npos && hostName.find(':', colon + 1) == std::string_view::npos)
        hostName = hostName.substr(0, colon); // a port
    if (allDigitsAndDots(hostName))
        return hostName;
    std::size_t dot = hostName.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return hostName;
    std::size_t begin = hostName.rfind('.', dot - 1);
    constexpr std::size_t kLongestSecondLevel = 3; // co.uk, com.au, ac.jp
    const std::size_t middle = begin == std::string_view::npos ? dot : dot - begin - 1;
    if (begin != std::string_view::npos && begin > 0 && middle <= kLongestSecondLevel && hostName.size() - dot <= 3)
        begin = hostName.rfind('.', begin - 1);
    return begin == std::string_view::npos ? hostName : hostName.substr(begin + 1);
}

CorpusFlows readCorpus(const std::filesystem::path& directory, std::size_t fewestPackets)
{
    CorpusFlows corpus;
    for (const std::filesystem::path& path : filesBelow(directory)) {
        if (interrupted())
            break;
        auto collector = std::make_shared<Collector>(path.stem().string(), fewestPackets, corpus.flows);
        pipeline::RunOptions run = runOptions({}, false);
        run.analyzers = {collector};
        NoFlows nowhere;
        const auto capture = analyseFile(path.string(), run, nowhere,
                                         [&](pipeline::Analysis& analysis) { collector->setNames(analysis.names()); });
        if (capture)
            ++corpus.files;
        else
            corpus.unreadable.push_back(capture.error().message);
    }
    return corpus;
}

} // namespace timbre::cli
