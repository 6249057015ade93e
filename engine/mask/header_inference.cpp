#include "engine/mask/header_inference.h"

#include "engine/mask/header_match.h"
#include "engine/mask/random_stream.h"

#include <algorithm>

namespace timbre::mask {

namespace {

using recording::Direction;

constexpr double kReach = 0.60;                        // share of packets that must have so many first bytes
constexpr double kGoodMatch = 0.60;                    // above the gate of 0.55, with room for later recordings
constexpr std::array kTargets{0.90, 0.75, kGoodMatch}; // matches to give up in turn for more fixed bytes
constexpr std::uint16_t kStunTag = 8;
constexpr std::uint16_t kQuicTag = 6;

using Prefixes = std::vector<std::span<const std::uint8_t>>;

Prefixes prefixesOf(Packets packets, std::optional<Direction> direction)
{
    Prefixes prefixes;
    for (const auto& packet : packets) {
        if (!direction || packet.direction == *direction)
            prefixes.push_back(packet.prefix());
    }
    return prefixes;
}

double shareMatching(const Prefixes& prefixes, const StructuredHeader& spec)
{
    MaskProfile mask;
    mask.headerSpec = spec;
    const HeaderMatcher matcher(mask);
    const auto good = std::count_if(prefixes.begin(), prefixes.end(), [&](auto each) { return matcher.matches(each); });
    return prefixes.empty() ? 0.0 : static_cast<double>(good) / static_cast<double>(prefixes.size());
}

/// The longest length that enough prefixes reach.
std::size_t commonLength(const Prefixes& prefixes)
{
    std::array<std::size_t, recording::kMaxPrefixBytes + 1> atLeast{};
    for (const auto& prefix : prefixes) {
        for (std::size_t length = 0; length <= prefix.size(); ++length)
            ++atLeast[length];
    }
    std::size_t length = 0;
    while (length < recording::kMaxPrefixBytes &&
           static_cast<double>(atLeast[length + 1]) >= kReach * static_cast<double>(prefixes.size()))
        ++length;
    return length;
}

HeaderField fixedBytes(std::vector<std::uint8_t> bytes)
{
    return FixedField{std::move(bytes)};
}

StructuredHeader stunHeader(std::optional<std::uint8_t> type)
{
    StructuredHeader spec;
    if (type)
        spec.fields = {fixedBytes({*type, 0x01})};
    else
        spec.fields = {RandomField{1}, fixedBytes({0x01})};
    spec.fields.insert(spec.fields.end(),
                       {HeaderField(LengthField{2, ByteOrder::Big}), fixedBytes({0x21, 0x12, 0xa4, 0x42}),
                        HeaderField(IdField{8, IdMode::Random})});
    return spec;
}

StructuredHeader quicHeader()
{
    return {{fixedBytes({0xc0}), fixedBytes({0, 0, 0, 1}), fixedBytes({8}), IdField{8, IdMode::Random}}};
}

StructuredHeader dnsHeader()
{
    return {{IdField{2, IdMode::Random}, fixedBytes({1, 0}), fixedBytes({0, 1, 0, 0, 0, 0, 0, 0})}};
}

StructuredHeader tlsHeader(std::uint8_t type)
{
    return {{fixedBytes({type}), fixedBytes({3, 3}), LengthField{2, ByteOrder::Big}}};
}

struct Candidate {
    InferredHeader header;
    std::size_t length = 0;
};

InferredHeader known(const char* kind, SpoofProtocol protocol, StructuredHeader spec,
                     std::uint16_t tag = kTagBeforeHeader)
{
    InferredHeader header;
    header.kind = kind;
    header.protocol = protocol;
    header.spec = std::move(spec);
    header.tagOffset = tag;
    return header;
}

/// Known protocols in the order of how much they say.
std::optional<InferredHeader> knownHeader(const Prefixes& judged, std::size_t length, Direction own, HeaderGate gate)
{
    const auto fits = [&](InferredHeader& header) {
        if (headerLength(HeaderSpec(header.spec)) > length)
            return false;
        header.match = shareMatching(judged, header.spec);
        return header.match >= kGoodMatch;
    };
    const std::uint8_t usualType = own == Direction::Uplink ? 0x00 : 0x01;
    for (const std::uint8_t type : {usualType, static_cast<std::uint8_t>(1 - usualType)}) {
        auto stun = known("STUN", SpoofProtocol::WebRtcStun, stunHeader(type), kStunTag);
        if (fits(stun))
            return stun;
    }
    auto anyStun = known("STUN", SpoofProtocol::WebRtcStun, stunHeader(std::nullopt), kStunTag);
    if (fits(anyStun)) {
        anyStun.relaxedStun = gate == HeaderGate::AllPrefixes;
        if (gate == HeaderGate::PerDirection) {
            anyStun.spec = stunHeader(usualType); // what a dissector takes for STUN, whatever the gate says
            anyStun.match = shareMatching(judged, anyStun.spec);
        }
        return anyStun;
    }
    std::vector<InferredHeader> others;
    others.push_back(known("QUIC", SpoofProtocol::Quic, quicHeader(), kQuicTag));
    others.push_back(known("DNS", SpoofProtocol::DnsOverUdp, dnsHeader()));
    others.push_back(known("TLS", SpoofProtocol::HttpsH2, tlsHeader(0x17)));
    others.push_back(known("TLS", SpoofProtocol::HttpsH2, tlsHeader(0x16)));
    for (InferredHeader& each : others) {
        if (fits(each))
            return each;
    }
    return std::nullopt;
}

struct CommonByte {
    std::size_t position = 0;
    std::uint8_t byte = 0;
    std::size_t count = 0;
};

CommonByte commonByte(const Prefixes& prefixes, std::size_t position)
{
    std::array<std::size_t, 256> counts{};
    for (const auto& prefix : prefixes) {
        if (prefix.size() > position)
            ++counts[prefix[position]];
    }
    const auto best = std::max_element(counts.begin(), counts.end());
    return {position, static_cast<std::uint8_t>(best - counts.begin()), *best};
}

/// Runs of fixed and of random bytes as fields.
StructuredHeader headerOf(const std::vector<std::optional<std::uint8_t>>& positions)
{
    StructuredHeader spec;
    for (const auto& byte : positions) {
        FixedField* fixed = spec.fields.empty() ? nullptr : std::get_if<FixedField>(&spec.fields.back());
        RandomField* random = spec.fields.empty() ? nullptr : std::get_if<RandomField>(&spec.fields.back());
        if (byte && fixed)
            fixed->bytes.push_back(*byte);
        else if (byte)
            spec.fields.emplace_back(FixedField{{*byte}});
        else if (random)
            ++random->length;
        else
            spec.fields.emplace_back(RandomField{1});
    }
    return spec;
}

/// Fixes the steadiest positions as long as enough prefixes still match.
InferredHeader commonHeader(const Prefixes& judged, std::size_t length)
{
    std::vector<CommonByte> order;
    for (std::size_t i = 0; i < length; ++i)
        order.push_back(commonByte(judged, i));
    std::stable_sort(order.begin(), order.end(),
                     [](const CommonByte& a, const CommonByte& b) { return a.count > b.count; });
    InferredHeader header;
    for (const double target : kTargets) {
        std::vector<std::optional<std::uint8_t>> positions(length);
        bool any = false;
        for (const CommonByte& each : order) {
            positions[each.position] = each.byte;
            const bool keeps = shareMatching(judged, headerOf(positions)) >= target;
            any = any || keeps;
            if (!keeps)
                positions[each.position].reset();
        }
        header.spec = headerOf(positions);
        header.kind = any ? "common bytes" : "random";
        if (any)
            break;
    }
    header.match = shareMatching(judged, header.spec);
    return header;
}

} // namespace

InferredHeader inferHeader(Packets packets, Direction own, HeaderGate gate)
{
    const Prefixes ours = prefixesOf(packets, own);
    const Prefixes all = prefixesOf(packets, std::nullopt);
    // The gate of the self-test judges the uplink's header by all prefixes; the reverse header is judged by its own.
    const bool byAll = own == Direction::Uplink && gate == HeaderGate::AllPrefixes;
    const Prefixes& judged = byAll ? all : ours;
    const std::size_t length = std::min(commonLength(judged), commonLength(all));
    if (auto header = knownHeader(judged, length, own, gate))
        return *header;
    return commonHeader(judged, length);
}

std::vector<std::uint8_t> sampleHeader(const StructuredHeader& spec)
{
    RandomStream random(0);
    std::vector<std::uint8_t> bytes;
    for (const HeaderField& field : spec.fields) {
        if (const auto* fixed = std::get_if<FixedField>(&field)) {
            bytes.insert(bytes.end(), fixed->bytes.begin(), fixed->bytes.end());
            continue;
        }
        const std::size_t at = bytes.size();
        const auto* id = std::get_if<IdField>(&field);
        const auto* free = std::get_if<RandomField>(&field);
        const auto* length = std::get_if<LengthField>(&field);
        bytes.resize(at + static_cast<std::size_t>(id       ? id->length
                                                   : free   ? free->length
                                                   : length ? length->length
                                                            : 0));
        if (free || (id && id->mode == IdMode::Random))
            random.bytes(std::span(bytes).subspan(at));
    }
    return bytes;
}

} // namespace timbre::mask
