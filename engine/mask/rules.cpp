#include "engine/mask/rules.h"

#include "engine/mask/variants_private.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace timbre::mask {

namespace {

// Limits of section 4.
constexpr std::size_t kMaxIdLength = 128;
constexpr std::size_t kMaxHeaderBytes = 1350;
constexpr std::size_t kMaxFields = 256;
constexpr std::size_t kMaxBins = 16384;
constexpr std::size_t kMaxGapNumbers = 16384;
constexpr std::size_t kMaxFamilyNumbers = 16; // of Gamma and Bimodal sizes
constexpr double kWeightTolerance = 0.02;
constexpr double kMaxComponents = 64;
constexpr double kMaxSize = 65535;
constexpr double kMaxGapMs = 600'000;
constexpr std::uint16_t kMaxPadding = 1500;
constexpr std::size_t kMaxStates = 256;
constexpr std::size_t kMaxTransitions = 256;

using Broken = std::optional<Refusal>;

Broken broken(const char* rule, std::string field, std::string reason)
{
    return Refusal{rule, std::move(field), std::move(reason)};
}

bool within(double value, double low, double high)
{
    return value >= low && value <= high; // false for NaN
}

// ---- I, V, H

Broken checkIdentity(const MaskProfile& mask)
{
    if (mask.id.starts_with("polymorphic:") || mask.id.starts_with("bootstrap:"))
        return broken("I2", "mask_id", "is that of a variant made for one connection");
    const bool plain = std::all_of(mask.id.begin(), mask.id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (mask.id.empty() || mask.id.size() > kMaxIdLength || !plain)
        return broken("I1", "mask_id", "is not 1 to 128 letters, digits, _ and -");
    if (mask.expiresAt < mask.createdAt)
        return broken("I3", "expires_at", "is before created_at");
    return std::nullopt;
}

Broken checkVector(const MaskProfile& mask)
{
    if (mask.signatureVector.size() != kSignatureLength)
        return broken("V1", "signature_vector",
                      "has " + std::to_string(mask.signatureVector.size()) + " numbers instead of 64");
    for (std::size_t i = 0; i < kSignatureLength; ++i) {
        if (!std::isfinite(mask.signatureVector[i]))
            return broken("V1", "signature_vector[" + std::to_string(i) + ']', "is not finite in single precision");
    }
    return std::nullopt;
}

Broken checkKeyAndTag(const MaskProfile& mask)
{
    if (mask.keyLength != kKeyBytes)
        return broken("H1", "eph_pub_length", "is not 32");
    if (std::size_t{mask.keyOffset} + kKeyBytes > kMaxHeaderBytes)
        return broken("H2", "eph_pub_offset", "puts the key past byte 1350");
    if (mask.headerTemplate.size() > kMaxHeaderBytes)
        return broken("H6", "header_template", "is longer than 1350 bytes");
    if (mask.tagOffset == kTagBeforeHeader)
        return std::nullopt;
    const std::size_t tagEnd = std::size_t{mask.tagOffset} + kTagBytes;
    if (tagEnd > headerLength(mask))
        return broken("H3", "tag_offset", "puts the tag outside the header");
    if (tagEnd > mask.keyOffset && mask.tagOffset < mask.keyOffset + kKeyBytes)
        return broken("H3", "tag_offset", "puts the tag over the key");
    return std::nullopt;
}

Broken checkFields(const StructuredHeader& header)
{
    if (header.fields.size() > kMaxFields)
        return broken("H4", "header_spec.fields", "has more than 256 entries");
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        std::uint64_t width = 1;
        if (const auto* length = std::get_if<LengthField>(&header.fields[i]))
            width = length->length;
        else if (const auto* counter = std::get_if<CounterField>(&header.fields[i]))
            width = counter->length;
        if (width < 1 || width > 8)
            return broken("H4", "header_spec.fields[" + std::to_string(i) + "].len", "is not 1 to 8");
    }
    if (headerLength(HeaderSpec(header)) > kMaxHeaderBytes)
        return broken("H4", "header_spec.fields", "add to more than 1350 bytes");
    return std::nullopt;
}

Broken checkRawHeader(const RawHeader& header)
{
    const bool hex = std::all_of(header.hex.begin(), header.hex.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (header.hex.size() % 2 != 0 || !hex)
        return broken("H5", "header_spec.prefix_hex", "is not pairs of hex digits");
    const std::size_t length = header.hex.size() / 2;
    if (length > kMaxHeaderBytes)
        return broken("H5", "header_spec.prefix_hex", "is longer than 1350 bytes");
    for (const std::uint64_t index : header.randomIndices) {
        if (index >= length)
            return broken("H5", "header_spec.randomize_indices", "has a position outside the prefix");
    }
    return std::nullopt;
}

Broken checkHeader(const MaskProfile& mask)
{
    if (mask.headerSpec) {
        const auto* structured = std::get_if<StructuredHeader>(&*mask.headerSpec);
        const Broken found =
            structured ? checkFields(*structured) : checkRawHeader(std::get<RawHeader>(*mask.headerSpec));
        if (found)
            return found;
    }
    return checkKeyAndTag(mask);
}

// ---- D, P

/// k, then groups of `width` numbers that start with a weight; rule D3, D4 or D6.
Broken checkGroups(const std::vector<double>& numbers, std::size_t width, const char* rule, const std::string& field)
{
    if (numbers.empty())
        return broken(rule, field, "is empty");
    const double k = numbers[0];
    if (!within(k, 1, kMaxComponents) || k != std::floor(k))
        return broken(rule, field + "[0]", "is not a number of components from 1 to 64");
    const auto count = static_cast<std::size_t>(k);
    if (numbers.size() != 1 + width * count)
        return broken(rule, field,
                      "has " + std::to_string(numbers.size()) + " numbers instead of " +
                          std::to_string(1 + width * count));
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double weight = numbers[1 + width * i];
        if (!within(weight, 0.0, 1e6))
            return broken(rule, field + '[' + std::to_string(1 + width * i) + ']', "is a negative or absurd weight");
        sum += weight;
    }
    if (!(std::fabs(sum - 1.0) <= kWeightTolerance))
        return broken(rule, field, "has weights that do not add to 1");
    return std::nullopt;
}

Broken checkMixture(const std::vector<double>& numbers, double limit, const char* rule, const std::string& field)
{
    if (auto found = checkGroups(numbers, 3, rule, field))
        return found;
    for (std::size_t i = 1; i + 2 < numbers.size(); i += 3) {
        if (!within(numbers[i + 1], -limit, limit))
            return broken(rule, field + '[' + std::to_string(i + 1) + ']', "is a mean out of range");
        if (!within(numbers[i + 2], 0.0, limit))
            return broken(rule, field + '[' + std::to_string(i + 2) + ']', "is a deviation out of range");
    }
    return std::nullopt;
}

Broken checkLogNormal(const std::vector<double>& numbers, double maxMu, const char* rule, const std::string& field)
{
    if (numbers.size() != 2)
        return broken(rule, field, "has " + std::to_string(numbers.size()) + " numbers instead of 2");
    if (!within(numbers[0], -maxMu, maxMu))
        return broken(rule, field + "[0]", "is out of range");
    if (!within(numbers[1], 0.0, 4.0))
        return broken(rule, field + "[1]", "is not 0 to 4");
    return std::nullopt;
}

Broken checkHistogram(const SizeLaw& law, const std::string& field)
{
    const std::string bins = field + ".bins";
    if (law.bins.empty() || law.bins.size() > kMaxBins)
        return broken("D1", bins, law.bins.empty() ? "is empty" : "has more than 16384 entries");
    double sum = 0.0;
    for (std::size_t i = 0; i < law.bins.size(); ++i) {
        const SizeBin& bin = law.bins[i];
        const std::string place = bins + '[' + std::to_string(i) + ']';
        if (bin.low < 1 || bin.low > bin.high)
            return broken("D1", place, bin.low < 1 ? "starts at size 0" : "ends before it starts");
        if (!std::isfinite(bin.weight) || bin.weight < 0.0F)
            return broken("D1", place + "[2]", "is a negative or infinite weight");
        sum += static_cast<double>(bin.weight);
    }
    if (!(std::fabs(sum - 1.0) <= kWeightTolerance))
        return broken("D1", bins, "has weights that do not add to 1");
    return std::nullopt;
}

Broken checkSizes(const SizeLaw& law, const std::string& field)
{
    if (law.type == SizeLawType::Histogram)
        return checkHistogram(law, field);
    const std::string parameters = field + ".parametric_params";
    if (!law.family)
        return broken("D2", field + ".parametric_type", "is missing");
    if (!law.parameters)
        return broken("D2", parameters, "is missing");
    switch (*law.family) {
    case SizeFamily::Gmm:
        return checkMixture(*law.parameters, kMaxSize, "D3", parameters);
    case SizeFamily::LogNormal:
        return checkLogNormal(*law.parameters, 11.1, "D2", parameters);
    case SizeFamily::Gamma:
    case SizeFamily::Bimodal:
        break;
    }
    if (law.parameters->size() > kMaxFamilyNumbers)
        return broken("D2", parameters, "has more than 16 numbers");
    return std::nullopt;
}

Broken checkGapNumbers(const GapLaw& law, const std::string& field)
{
    const std::vector<double>& numbers = law.parameters;
    if (numbers.size() > kMaxGapNumbers)
        return broken("D4", field, "has more than 16384 numbers");
    switch (law.family) {
    case GapFamily::Exponential:
        if (numbers.size() != 1 || !within(numbers[0], 1e-6, 1e6))
            return broken("D4", field, "is not one rate from 0.000001 to 1000000");
        return std::nullopt;
    case GapFamily::LogNormal:
        return checkLogNormal(numbers, 13.4, "D4", field);
    case GapFamily::Gamma:
        if (numbers.size() < 2 || !(numbers[0] > 0.0 && numbers[0] <= 1024.0) || !within(numbers[1], 0.0, kMaxGapMs))
            return broken("D4", field, "is not a shape up to 1024 and a scale up to 600000");
        return std::nullopt;
    case GapFamily::Gmm:
        return checkMixture(numbers, kMaxGapMs, "D4", field);
    case GapFamily::Empirical:
        break;
    }
    const bool inRange =
        std::all_of(numbers.begin(), numbers.end(), [](double x) { return within(x, 0.0, kMaxGapMs); });
    if (numbers.empty() || !inRange)
        return broken("D4", field, numbers.empty() ? "is empty" : "has a gap outside 0 to 600000 ms");
    return std::nullopt;
}

Broken checkGaps(const GapLaw& law, const std::string& field)
{
    if (auto found = checkGapNumbers(law, field + ".params"))
        return found;
    const auto [low, high] = law.jitterMs;
    if (!within(low, -kMaxGapMs, kMaxGapMs) || !within(high, -kMaxGapMs, kMaxGapMs) || low > high)
        return broken("D5", field + ".jitter_range_ms", "is not a range within -600000 to 600000 ms");
    return std::nullopt;
}

Broken checkJoint(const JointLaw& law)
{
    const std::string field = "size_iat_joint.params";
    if (auto found = checkGroups(law.parameters, 6, "D6", field))
        return found;
    for (std::size_t i = 1; i + 5 < law.parameters.size(); i += 6) {
        const double* group = law.parameters.data() + i;
        const bool fits = within(group[1], -kMaxSize, kMaxSize) && within(group[2], -kMaxGapMs, kMaxGapMs) &&
                          within(group[3], 0.0, kMaxSize) && within(group[4], -kMaxGapMs, kMaxGapMs) &&
                          within(group[5], 0.0, kMaxGapMs);
        if (!fits)
            return broken("D6", field, "has a group out of range, the one from position " + std::to_string(i));
    }
    return std::nullopt;
}

Broken checkPadding(const Padding& padding, const std::string& field)
{
    if (const auto* uniform = std::get_if<UniformPadding>(&padding)) {
        if (uniform->low > uniform->high)
            return broken("P1", field, "has a minimum above its maximum");
        if (uniform->high > kMaxPadding)
            return broken("P1", field, "is above 1500 bytes");
    }
    const auto* fixed = std::get_if<FixedPadding>(&padding);
    if (fixed && fixed->size > kMaxPadding)
        return broken("P1", field, "is above 1500 bytes");
    return std::nullopt;
}

// ---- F, B

Broken asOverride(Broken found)
{
    if (found) {
        found->reason = "breaks rule " + found->rule + ": " + found->reason;
        found->rule = "F3";
    }
    return found;
}

Broken checkTransition(const Transition& transition, const std::set<std::uint16_t>& ids, const std::string& field)
{
    if (!ids.contains(transition.nextState))
        return broken("F1", field + ".next_state", "is a state that does not exist");
    const auto* chance = std::get_if<WithChance>(&transition.condition);
    if (chance && !(chance->probability >= 0.0F && chance->probability <= 1.0F))
        return broken("F2", field + ".condition.Random", "is not 0 to 1");
    Broken found;
    if (transition.sizes)
        found = checkSizes(*transition.sizes, field + ".size_override");
    if (!found && transition.gaps)
        found = checkGaps(*transition.gaps, field + ".iat_override");
    if (!found && transition.padding)
        found = checkPadding(*transition.padding, field + ".padding_override");
    return asOverride(std::move(found));
}

Broken checkStates(const MaskProfile& mask)
{
    if (mask.states.empty() || mask.states.size() > kMaxStates)
        return broken("F1", "fsm_states", mask.states.empty() ? "is empty" : "has more than 256 entries");
    std::set<std::uint16_t> ids;
    for (const State& state : mask.states) {
        if (!ids.insert(state.id).second)
            return broken("F1", "fsm_states", "has two states with the number " + std::to_string(state.id));
        if (state.transitions.size() > kMaxTransitions)
            return broken("F1", "fsm_states", "has a state with more than 256 transitions");
    }
    if (!ids.contains(mask.initialState))
        return broken("F1", "fsm_initial_state", "is a state that does not exist");
    for (std::size_t i = 0; i < mask.states.size(); ++i) {
        for (std::size_t j = 0; j < mask.states[i].transitions.size(); ++j) {
            const std::string field = "fsm_states[" + std::to_string(i) + "].transitions[" + std::to_string(j) + ']';
            if (auto found = checkTransition(mask.states[i].transitions[j], ids, field))
                return found;
        }
    }
    return std::nullopt;
}

Broken checkBounds(const PerturbationBounds& bounds)
{
    const auto& [gapLow, gapHigh] = bounds.gapJitterScale;
    const auto& [dwellLow, dwellHigh] = bounds.dwellScale;
    if (!(gapLow >= 0.0 && gapLow <= gapHigh && gapHigh <= 10.0))
        return broken("B1", "perturbation_bounds.iat_jitter_scale", "is not a range within 0 to 10");
    if (!(dwellLow > 0.0 && dwellLow <= dwellHigh && dwellHigh <= 10.0))
        return broken("B1", "perturbation_bounds.fsm_dwell_scale", "is not a range above 0 and up to 10");
    if (!within(bounds.paddingShift, 0.0, 0.9))
        return broken("B1", "perturbation_bounds.padding_shift_pct", "is not 0 to 0.9");
    return std::nullopt;
}

Broken checkReverse(const MaskProfile& reverse)
{
    if (reverse.reverse)
        return broken("R1", "reverse_profile.reverse_profile", "is a reverse profile inside a reverse profile");
    Broken found = firstBrokenRule(reverse);
    if (found) {
        found->reason = "breaks rule " + found->rule + ": " + found->reason;
        found->field = "reverse_profile." + found->field;
        found->rule = "R1";
    }
    return found;
}

// ---- remarks

/// A list of chances is read one after the other. That is as intended only for a list without a rival, or one that ends
/// in a sure thing, as conditional probabilities do.
bool dependsOnOrder(const State& state)
{
    double sum = 0.0;
    std::set<std::uint16_t> others;
    bool sureBeforeEnd = false;
    float last = 0.0F;
    for (const Transition& transition : state.transitions) {
        const auto* chance = std::get_if<WithChance>(&transition.condition);
        if (!chance || chance->probability <= 0.0F)
            continue;
        sureBeforeEnd = sureBeforeEnd || last >= 1.0F;
        last = chance->probability;
        sum += static_cast<double>(last);
        if (transition.nextState != state.id)
            others.insert(transition.nextState);
    }
    if (sureBeforeEnd)
        return true;
    constexpr double kRounding = 1e-6;
    return last < 1.0F && (sum > 1.0 + kRounding || others.size() > 1);
}

bool hasNoSampler(const SizeLaw& law)
{
    return law.type == SizeLawType::Parametric &&
           (law.family == SizeFamily::Gamma || law.family == SizeFamily::Bimodal);
}

void remarkOnLaws(const MaskProfile& mask, std::vector<Remark>& remarks)
{
    bool noSampler = hasNoSampler(mask.sizes);
    for (const State& state : mask.states) {
        for (const Transition& transition : state.transitions)
            noSampler = noSampler || (transition.sizes && hasNoSampler(*transition.sizes));
    }
    if (noSampler)
        remarks.push_back({"L5", "size_distribution",
                           "is Gamma or Bimodal, which nobody draws from: sizes are uniform from 64 to 511"});
    for (std::size_t i = 0; i < mask.states.size(); ++i) {
        if (!dependsOnOrder(mask.states[i]))
            continue;
        remarks.push_back(
            {"L7", "fsm_states[" + std::to_string(i) + ']', "has chances whose meaning depends on their order"});
        break;
    }
}

} // namespace

std::optional<Refusal> firstBrokenRule(const MaskProfile& mask)
{
    Broken found = checkIdentity(mask);
    const auto next = [&found](auto check) {
        if (!found)
            found = check();
    };
    next([&] { return checkVector(mask); });
    next([&] { return checkHeader(mask); });
    next([&] { return checkSizes(mask.sizes, "size_distribution"); });
    next([&] { return checkGaps(mask.gaps, "iat_distribution"); });
    next([&] { return mask.joint ? checkJoint(*mask.joint) : std::nullopt; });
    next([&] { return checkPadding(mask.padding, "padding_strategy"); });
    next([&] { return checkStates(mask); });
    next([&] { return mask.bounds ? checkBounds(*mask.bounds) : std::nullopt; });
    next([&] { return mask.reverse ? checkReverse(*mask.reverse) : std::nullopt; });
    return found;
}

std::vector<Remark> remarksOn(const MaskProfile& mask, std::uint64_t now, bool drifts)
{
    std::vector<Remark> remarks;
    if (mask.headerTemplate.size() != mask.keyOffset)
        remarks.push_back({"L1", "header_template", "is not as long as eph_pub_offset says"});
    if (isExpired(mask, now))
        remarks.push_back({"L2", "expires_at", "is in the past: the mask may be looked at, not used"});
    const auto zero = [](float x) { return x == 0.0F; };
    if (std::all_of(mask.signatureVector.begin(), mask.signatureVector.end(), zero))
        remarks.push_back({"L3", "signature_vector", "is all zero: there is nothing to compare traffic with"});
    if (!isSigned(mask))
        remarks.push_back({"L4", "signature", "is absent: the mask is unsigned"});
    remarkOnLaws(mask, remarks);
    if (drifts)
        remarks.push_back({"L6", {}, "has numbers that other programs read differently"});
    if (mask.headerSpec && headerLength(*mask.headerSpec) != mask.keyOffset)
        remarks.push_back({"L8", "header_spec", "is not as long as eph_pub_offset says"});
    return remarks;
}

} // namespace timbre::mask
