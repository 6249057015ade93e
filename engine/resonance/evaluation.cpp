#include "engine/resonance/evaluation.h"

#include "engine/mask/generator.h"

#include <algorithm>
#include <map>

namespace timbre::resonance {

namespace {

using FlowList = std::vector<const RecordedFlow*>;
using Halves = std::map<std::string, std::array<FlowList, 2>>; // by label

constexpr std::size_t kGeneratedPackets = 1024;
constexpr double kNsPerMs = 1e6;

/// What a recording of these flows would hold, one flow after the other.
std::vector<recording::PacketRecord> recordsOf(const FlowList& flows)
{
    std::vector<recording::PacketRecord> records;
    std::int64_t offsetNs = 0;
    for (const RecordedFlow* flow : flows) {
        std::array<std::optional<Timestamp>, 2> last;
        for (const RecordedPacket& recorded : flow->packets) {
            const FlowPacket& packet = recorded.packet;
            std::optional<Timestamp>& before = last[static_cast<std::size_t>(packet.side)];
            recording::PacketRecord record;
            record.gapMs = before ? static_cast<double>(elapsedNs(*before, packet.time)) / kNsPerMs : 0.0;
            record.timestampNs = static_cast<std::uint64_t>(
                offsetNs + std::max<std::int64_t>(0, elapsedNs(flow->packets.front().packet.time, packet.time)));
            record.entropy = packet.entropy;
            record.size = packet.size;
            record.direction =
                packet.side == flow::Side::Initiator ? recording::Direction::Uplink : recording::Direction::Downlink;
            record.prefixLength = recorded.prefix.length;
            record.prefixBytes = recorded.prefix.bytes;
            before = packet.time;
            records.push_back(record);
        }
        if (!records.empty())
            offsetNs = static_cast<std::int64_t>(records.back().timestampNs) + kNsPerSecond;
    }
    return records;
}

/// As if it came from elsewhere.
mask::MaskProfile foreign(mask::MaskProfile mask, bool withSignature)
{
    mask.extension.reset();
    if (!withSignature)
        std::fill(mask.signatureVector.begin(), mask.signatureVector.end(), 0.5F); // no list of features
    if (mask.reverse)
        mask.reverse = std::make_shared<const mask::MaskProfile>(foreign(*mask.reverse, withSignature));
    return mask;
}

Result<std::shared_ptr<const MaskModel>> modelOf(const std::string& label, const FlowList& flows,
                                                 const EvaluationOptions& options)
{
    mask::GeneratorOptions wanted;
    wanted.service = label;
    wanted.evenIfShort = true;
    auto generated = mask::generateMask(recordsOf(flows), wanted);
    if (!generated)
        return generated.error();
    const bool own = options.withSpread && options.withSignature;
    return MaskModel::make(own ? generated->mask : foreign(std::move(generated->mask), options.withSignature));
}

struct LabelledMask {
    std::size_t label = 0;
    const std::string* name = nullptr;
    std::shared_ptr<const MaskModel> model;
};

struct LabelledWindow {
    std::size_t label = 0;
    const std::string* name = nullptr;
    std::unique_ptr<const FlowWindow> window; // that the view looks into
    WindowView view;
    Features exact;
};

FlowWindow windowOf(std::span<const RecordedPacket> packets)
{
    FlowWindow window;
    for (const RecordedPacket& recorded : packets)
        window.add(recorded.packet, std::as_bytes(recorded.prefix.view()));
    return window;
}

std::size_t uplinkPackets(const FlowList& flows)
{
    std::size_t count = 0;
    for (const RecordedFlow* flow : flows)
        count += static_cast<std::size_t>(
            std::count_if(flow->packets.begin(), flow->packets.end(), [](const RecordedPacket& recorded) {
                return recorded.packet.side == flow::Side::Initiator;
            }));
    return count;
}

std::vector<LabelledMask> masksOf(const Halves& halves, std::size_t half, const EvaluationOptions& options,
                                  std::vector<std::string>& problems)
{
    std::vector<LabelledMask> masks;
    std::size_t label = 0;
    for (const auto& [name, both] : halves) {
        if (uplinkPackets(both[half]) >= mask::kMinUplinkPackets) {
            if (auto model = modelOf(name, both[half], options))
                masks.push_back({label, &name, *model});
            else
                problems.push_back(name + ": " + model.error().message);
        }
        ++label;
    }
    return masks;
}

std::vector<LabelledWindow> windowsOf(const Halves& halves, std::size_t half, const EvaluationOptions& options,
                                      Random& random)
{
    std::vector<LabelledWindow> windows;
    std::size_t label = 0;
    for (const auto& [name, both] : halves) {
        for (const RecordedFlow* whole : both[half]) {
            const RecordedFlow flow = withLoss(*whole, options.loss, random);
            const std::span<const RecordedPacket> packets(flow.packets);
            const std::size_t length = options.windowPackets;
            const std::size_t count = std::clamp<std::size_t>(packets.size() / length, 1, options.windowsPerFlow);
            for (std::size_t i = 0; i < count; ++i) {
                const std::size_t from = i * length;
                auto window = std::make_unique<FlowWindow>(
                    windowOf(packets.subspan(from, std::min(length, packets.size() - from))));
                const WindowView view(*window);
                const Features exact = window->exactFeatures();
                windows.push_back({label, &name, std::move(window), view, exact});
            }
        }
        ++label;
    }
    return windows;
}

/// Every window of one half against every mask of the other.
void score(const std::vector<LabelledWindow>& windows, const std::vector<LabelledMask>& masks,
           const PairObserver& observer, std::vector<ScoredPair>& pairs)
{
    for (const LabelledWindow& window : windows) {
        for (const LabelledMask& mask : masks) {
            pairs.push_back({window.label, mask.label, calibrated(window.view, *mask.model),
                             static_cast<double>(mask.model->encoder.error(window.exact))});
            if (observer)
                observer(*window.name, *mask.name, window.view, *mask.model);
        }
    }
}

template<typename Value>
void measure(const std::vector<ScoredPair>& pairs, std::size_t label, Value value, double& maskFixed,
             double& windowsFixed)
{
    std::vector<double> own;
    std::vector<double> otherWindows;
    std::vector<double> otherMasks;
    for (const ScoredPair& pair : pairs) {
        if (pair.windowLabel == label && pair.maskLabel == label)
            own.push_back(value(pair));
        else if (pair.maskLabel == label)
            otherWindows.push_back(value(pair));
        else if (pair.windowLabel == label)
            otherMasks.push_back(value(pair));
    }
    maskFixed = areaUnderCurve(own, std::move(otherWindows));
    windowsFixed = areaUnderCurve(own, std::move(otherMasks));
}

std::array<Reliability, 10> reliabilityOf(const std::vector<ScoredPair>& pairs)
{
    const auto isOwn = [](const ScoredPair& pair) { return pair.windowLabel == pair.maskLabel; };
    const auto own = static_cast<double>(std::count_if(pairs.begin(), pairs.end(), isOwn));
    const double other = static_cast<double>(pairs.size()) - own;
    std::array<Reliability, 10> bins{};
    std::array<double, 10> weights{};
    for (const ScoredPair& pair : pairs) {
        const double weight = 1.0 / (isOwn(pair) ? own : other);
        const std::size_t bin = std::min<std::size_t>(9, static_cast<std::size_t>(pair.calibrated.score / 10.0));
        bins[bin].meanScore += weight * pair.calibrated.score / 100.0;
        bins[bin].ownShare += isOwn(pair) ? weight : 0.0;
        ++bins[bin].pairs;
        weights[bin] += weight;
    }
    for (std::size_t i = 0; i < bins.size(); ++i) {
        if (bins[i].pairs == 0)
            continue;
        bins[i].meanScore /= weights[i];
        bins[i].ownShare /= weights[i];
    }
    return bins;
}

Halves halvesOf(const std::vector<RecordedFlow>& flows, std::size_t fewestPackets, Random& random)
{
    std::map<std::string, FlowList> byLabel;
    for (const RecordedFlow& flow : flows) {
        if (flow.packets.size() >= fewestPackets)
            byLabel[flow.label].push_back(&flow);
    }
    Halves halves;
    for (auto& [label, list] : byLabel) {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[static_cast<std::size_t>(random.between(0, static_cast<int>(i) - 1))]);
        for (std::size_t i = 0; i < list.size(); ++i)
            halves[label][i % 2].push_back(list[i]);
    }
    return halves;
}

void summarise(const Halves& halves, Evaluation& result)
{
    double sum = 0.0;
    std::size_t label = 0;
    for (const auto& [name, both] : halves) {
        const bool scored = std::any_of(result.pairs.begin(), result.pairs.end(), [&](const ScoredPair& pair) {
            return pair.windowLabel == label && pair.maskLabel == label;
        });
        if (!scored) {
            result.onlyOthers.push_back(name);
            ++label;
            continue;
        }
        ClassResult row;
        row.name = name;
        row.label = label++;
        row.flows = both[0].size() + both[1].size();
        measure(
            result.pairs, row.label, [](const ScoredPair& pair) { return pair.calibrated.score; }, row.aucMaskFixed,
            row.aucWindowsFixed);
        measure(
            result.pairs, row.label, [](const ScoredPair& pair) { return -pair.exactScore; }, row.exactMaskFixed,
            row.exactWindowsFixed);
        sum += row.aucMaskFixed + row.aucWindowsFixed;
        result.worst = std::min({result.worst, row.aucMaskFixed, row.aucWindowsFixed});
        result.classes.push_back(std::move(row));
    }
    result.mean = result.classes.empty() ? 0.0 : sum / 2.0 / static_cast<double>(result.classes.size());
}

} // namespace

double areaUnderCurve(const std::vector<double>& own, std::vector<double> other)
{
    if (own.empty() || other.empty())
        return 0.5;
    std::sort(other.begin(), other.end());
    double wins = 0.0;
    for (const double value : own) {
        const auto [low, high] = std::equal_range(other.begin(), other.end(), value);
        wins += static_cast<double>(low - other.begin()) + 0.5 * static_cast<double>(high - low);
    }
    return wins / (static_cast<double>(own.size()) * static_cast<double>(other.size()));
}

std::vector<RecordedFlow> generatedFlows(std::uint64_t seed, std::size_t flowsPerClass)
{
    Random random(seed);
    std::vector<RecordedFlow> flows;
    for (std::size_t kind = 0; kind < static_cast<std::size_t>(TrafficClass::Count); ++kind) {
        for (std::size_t i = 0; i < flowsPerClass; ++i)
            flows.push_back(makeFlow(static_cast<TrafficClass>(kind), kGeneratedPackets, random));
    }
    return flows;
}

Evaluation evaluate(const std::vector<RecordedFlow>& flows, const EvaluationOptions& options)
{
    constexpr std::uint64_t kOtherStream = 0x7E57; // so that the lot is not drawn with the numbers the flows came from
    Random random(options.seed ^ kOtherStream);
    Evaluation result;
    const Halves halves = halvesOf(flows, options.fewestPackets, random);
    for (const std::size_t half : {0U, 1U})
        score(windowsOf(halves, 1 - half, options, random), masksOf(halves, half, options, result.problems),
              options.observer, result.pairs);
    summarise(halves, result);
    result.reliability = reliabilityOf(result.pairs);
    return result;
}

} // namespace timbre::resonance
