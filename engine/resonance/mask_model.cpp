#include "engine/resonance/mask_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace timbre::resonance {

namespace {

// A spread seen over few windows is a guess: it counts beside so many windows of the usual spread.
constexpr float kUsualWindows = 4.0F;
constexpr double kSettlingWindows = 6.0;
constexpr float kLeastSpread = 0.02F;     // as in the resonance page: no feature is known better than that
constexpr float kLeastDeviation = 0.005F; // features that are the same in all traffic cannot tell
constexpr float kSampleVariance = 4.0F;   // of a feature's usual variance: what few packets add, times their number
constexpr std::size_t kFewestLevel = 8;

/// Features a signature of any origin and a live window define in the same way: the mask page, section 10, point 11.
constexpr std::array<std::uint8_t, 42> kComparable = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13,
                                                      14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28,
                                                      30, 31, 32, 50, 51, 52, 53, 54, 56, 57, 58, 59, 61, 63};
constexpr std::array<std::uint8_t, 4> kNeverLive = {45, 48, 49, 62}; // received share and rates

/// The mean over `windows` windows is itself off by a share of the spread.
float settledSpread(float seen, float usual, float windows)
{
    const float square = (windows * seen * seen + kUsualWindows * usual * usual) / (windows + kUsualWindows);
    return std::sqrt(square * (1.0F + 1.0F / windows)) + kLeastSpread;
}

/// Masks from elsewhere may hold a signature of another list, or one made by hand: then it cannot be compared. In list
/// B the shares of sizes add up to 1, and no traffic has a mean size of 0.
bool isListB(const Features& signature)
{
    constexpr std::size_t kMeanSize = 50;
    constexpr double kRounding = 0.02;
    const double shares = std::accumulate(signature.begin(), signature.begin() + 16, 0.0);
    const bool bounded =
        std::all_of(signature.begin(), signature.end(), [](float value) { return value >= -1.0F && value <= 1.0F; });
    return bounded && std::abs(shares - 1.0) <= kRounding && signature[kMeanSize] > 0.0F;
}

void addSignature(SideModel& side, const mask::MaskProfile& mask)
{
    std::copy_n(mask.signatureVector.begin(), std::min(mask.signatureVector.size(), kFeatures), side.signature.begin());
    const bool ours =
        mask.extension && mask.extension->signatureSpread.size() == kFeatures && mask.extension->windows > 0;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        const float seen = ours ? mask.extension->signatureSpread[i] : kUsualSpread[i];
        side.spread[i] =
            settledSpread(seen, kUsualSpread[i], ours ? static_cast<float>(mask.extension->windows) : 1.0F);
    }
    if (ours) {
        side.settled = mask.extension->windows / (mask.extension->windows + kSettlingWindows);
        side.known.set();
        for (const std::uint8_t feature : kNeverLive)
            side.known.reset(feature);
        return;
    }
    if (!isListB(side.signature))
        return;
    for (const std::uint8_t feature : kComparable)
        side.known.set(feature);
}

void addFactors(SideModel& side)
{
    for (std::size_t i = 0; i < kFeatures; ++i) {
        if (kUsualDeviation[i] < kLeastDeviation)
            side.known.reset(i);
    }
    side.knownCount = side.known.count();
    for (std::size_t level = 0; level < SideModel::kLevels; ++level) {
        const float sampling = kSampleVariance / static_cast<float>(kFewestLevel << level);
        SideModel::Factors& factors = side.factors[level];
        for (std::size_t i = 0; i < kFeatures; ++i) {
            if (!side.known.test(i))
                continue;
            const float usual = kUsualDeviation[i] * kUsualDeviation[i];
            const float own = side.spread[i] * side.spread[i] + usual * sampling;
            const float any = std::max(own, usual + usual * sampling);
            factors.own[i] = 1.0F / own;
            factors.any[i] = 1.0F / any;
            factors.widths[i] = std::log(any / own);
        }
    }
}

struct HeaderWriter {
    SideModel& side;
    std::size_t place = 0;

    void fixed(std::uint8_t value) { side.header.fix(place++, value); }
    void free(std::uint64_t count)
    {
        place += static_cast<std::size_t>(std::min<std::uint64_t>(count, Prefix::kMaxBytes));
    }

    void operator()(const mask::FixedField& field)
    {
        for (const std::uint8_t value : field.bytes)
            fixed(value);
    }
    void operator()(const mask::RandomField& field) { free(field.length); }
    void operator()(const mask::LengthField& field) { free(field.length); }
    void operator()(const mask::CounterField& field) { free(field.length); }
    void operator()(const mask::IdField& field)
    {
        if (field.mode == mask::IdMode::Random)
            return free(field.length);
        for (std::uint64_t i = 0; i < std::min<std::uint64_t>(field.length, Prefix::kMaxBytes); ++i)
            fixed(0);
    }
    void operator()(const mask::StructuredHeader& header)
    {
        for (const mask::HeaderField& field : header.fields)
            std::visit([this](const auto& each) { (*this)(each); }, field);
    }
    void operator()(const mask::RawHeader& header);
};

int hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const auto lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 0;
}

void HeaderWriter::operator()(const mask::RawHeader& header)
{
    for (std::size_t i = 0; 2 * i + 1 < header.hex.size() && i < Prefix::kMaxBytes; ++i)
        fixed(static_cast<std::uint8_t>(hexDigit(header.hex[2 * i]) * 16 + hexDigit(header.hex[2 * i + 1])));
    for (const std::uint64_t index : header.randomIndices)
        side.header.release(static_cast<std::size_t>(std::min<std::uint64_t>(index, Prefix::kMaxBytes)));
}

void addHeader(SideModel& side, const mask::MaskProfile& mask)
{
    if (!mask.headerSpec)
        return;
    HeaderWriter writer{side};
    std::visit([&writer](const auto& spec) { writer(spec); }, *mask.headerSpec);
}

SideModel sideOf(const mask::MaskProfile& mask)
{
    SideModel side;
    side.sizes = massOf(mask.sizes);
    side.gaps = massOf(mask.gaps);
    side.sizeRatio = logRatio(side.sizes);
    side.gapRatio = logRatio(side.gaps);
    side.sizeSums = runningSum(side.sizes);
    side.gapSums = runningSum(side.gaps);
    addSignature(side, mask);
    addFactors(side);
    addHeader(side, mask);
    return side;
}

} // namespace

/// Few packets make features uncertain, in both directions alike.
const SideModel::Factors& SideModel::factorsFor(std::size_t packets) const
{
    const auto steps = static_cast<std::size_t>(std::bit_width(std::max(packets, kFewestLevel) / kFewestLevel));
    return factors[std::min(steps, kLevels) - 1];
}

Result<std::shared_ptr<const MaskModel>> MaskModel::make(const mask::MaskProfile& mask, std::size_t hiddenSize)
{
    Result<Encoder> encoder = Encoder::fromSignature(mask.signatureVector, hiddenSize);
    if (!encoder)
        return Error{
            encoder.error().code, "Mask “" + mask.id + "” cannot be checked against. " + encoder.error().message, {}};
    MaskModel model{mask.id, *std::move(encoder), sideOf(mask), std::nullopt};
    if (mask.reverse)
        model.down = sideOf(*mask.reverse);
    return std::make_shared<const MaskModel>(std::move(model));
}

} // namespace timbre::resonance
