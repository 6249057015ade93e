#include "engine/mask/profile_reader.h"

#include "engine/mask/field_reader_private.h"
#include "engine/mask/variants_private.h"

#include <algorithm>
#include <cmath>

namespace timbre::mask {

namespace {

constexpr std::size_t kMaxDepth = 64;         // rule T2
constexpr std::size_t kMaxCaptureHashes = 64; // of an extension
constexpr std::size_t kMaxExtensionText = 1024;

class Reader : public FieldReader {
public:
    using FieldReader::FieldReader;

    bool profile(JsonValue value, const Where& where, MaskProfile& out);

private:
    bool identity(Members& members, MaskProfile& out);
    bool behaviour(Members& members, MaskProfile& out);
    bool trailing(Members& members, MaskProfile& out);
    bool sizeLaw(JsonValue value, const Where& where, SizeLaw& out);
    bool sizeBin(JsonValue value, const Where& where, SizeBin& out);
    bool gapLaw(JsonValue value, const Where& where, GapLaw& out);
    bool jointLaw(JsonValue value, const Where& where, JointLaw& out);
    bool padding(JsonValue value, const Where& where, Padding& out);
    bool condition(JsonValue value, const Where& where, Condition& out);
    bool state(JsonValue value, const Where& where, State& out);
    bool transition(JsonValue value, const Where& where, Transition& out);
    bool signature(JsonValue value, const Where& where, std::array<std::uint8_t, 64>& out);
    bool headerSpec(JsonValue value, const Where& where, HeaderSpec& out);
    bool headerField(JsonValue value, const Where& where, HeaderField& out);
    bool counterField(JsonValue value, const Where& where, CounterField& out);
    bool bounds(JsonValue value, const Where& where, PerturbationBounds& out);
    void extension(JsonValue value, const Where& where, MaskProfile& out);

    template<typename Item, typename Read>
    bool items(JsonValue value, const Where& where, std::vector<Item>& out, Read read)
    {
        if (!value.is(JsonKind::Array))
            return refuse("S2", where, "is not an array");
        out.resize(value.size());
        return value.forEachItem(
            [&](std::size_t i, JsonValue each) { return (this->*read)(each, where.item(i), out[i]); });
    }
    template<typename Item, typename Read>
    bool optionalPart(const Members& members, std::size_t member, std::optional<Item>& out, Read read)
    {
        const auto value = members.optional(member);
        if (!value)
            return true;
        const Where where = members.where(member);
        return (this->*read)(*value, where, out.emplace());
    }
};

bool Reader::sizeBin(JsonValue value, const Where& where, SizeBin& out)
{
    if (!value.is(JsonKind::Array))
        return refuse("S2", where, "is not a triple");
    if (value.size() != 3)
        return refuse("S3", where, "has " + std::to_string(value.size()) + " entries instead of 3");
    return value.forEachItem([&](std::size_t i, JsonValue each) {
        if (i == 2)
            return real(each, where.item(i), out.weight);
        return integer(each, where.item(i), i == 0 ? out.low : out.high);
    });
}

bool Reader::sizeLaw(JsonValue value, const Where& where, SizeLaw& out)
{
    static constexpr std::array kNames{"dist_type", "bins", "parametric_type", "parametric_params"};
    Members members(*this, where, kNames);
    if (!members.open(value))
        return false;
    const auto family = [this](JsonValue each, const Where& at, SizeFamily& to) {
        return spelled(each, at, kSizeFamilies, to);
    };
    if (!members.read(0, [&](JsonValue v, const Where& w) { return spelled(v, w, kSizeLawTypes, out.type); }) ||
        !members.read(1, [&](JsonValue v, const Where& w) { return items(v, w, out.bins, &Reader::sizeBin); }))
        return false;
    if (const auto named = members.optional(2); named && !family(*named, members.where(2), out.family.emplace()))
        return false;
    const auto parameters = members.optional(3);
    return !parameters || numbers(*parameters, members.where(3), out.parameters.emplace());
}

bool Reader::gapLaw(JsonValue value, const Where& where, GapLaw& out)
{
    static constexpr std::array kNames{"dist_type", "params", "jitter_range_ms"};
    Members members(*this, where, kNames);
    return members.open(value) &&
           members.read(0, [&](JsonValue v, const Where& w) { return spelled(v, w, kGapFamilies, out.family); }) &&
           members.read(1, [&](JsonValue v, const Where& w) { return numbers(v, w, out.parameters); }) &&
           members.read(2, [&](JsonValue v, const Where& w) { return range(v, w, out.jitterMs); });
}

bool Reader::jointLaw(JsonValue value, const Where& where, JointLaw& out)
{
    static constexpr std::array kNames{"params"};
    Members members(*this, where, kNames);
    return members.open(value) &&
           members.read(0, [&](JsonValue v, const Where& w) { return numbers(v, w, out.parameters); });
}

bool Reader::padding(JsonValue value, const Where& where, Padding& out)
{
    std::string name;
    std::optional<JsonValue> content;
    if (value.is(JsonKind::String) || (value.is(JsonKind::Object) && value.member("MatchDistribution"))) {
        if (!variantName(value, where, name))
            return false;
        out = PadToDrawnSize{};
        return name == "MatchDistribution" || refuse("S4", where, "is no known padding without content");
    }
    if (!variant(value, where, name, content))
        return false;
    const Where inner = where.member(name);
    if (name == "RandomUniform") {
        static constexpr std::array kNames{"min", "max"};
        Members members(*this, inner, kNames);
        UniformPadding uniform;
        if (!members.open(*content) ||
            !members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, uniform.low); }) ||
            !members.read(1, [&](JsonValue v, const Where& w) { return integer(v, w, uniform.high); }))
            return false;
        out = uniform;
        return true;
    }
    if (name != "Fixed")
        return refuse("S4", where, "is “" + name.substr(0, 64) + "”, which is no known padding");
    static constexpr std::array kNames{"size"};
    Members members(*this, inner, kNames);
    FixedPadding fixed;
    if (!members.open(*content) ||
        !members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, fixed.size); }))
        return false;
    out = fixed;
    return true;
}

bool Reader::condition(JsonValue value, const Where& where, Condition& out)
{
    std::string name;
    std::optional<JsonValue> content;
    if (!variant(value, where, name, content))
        return false;
    const Where inner = where.member(name);
    if (name == "AfterPackets")
        return integer(*content, inner, out.emplace<AfterPackets>().packets);
    if (name == "AfterDuration")
        return integer(*content, inner, out.emplace<AfterDuration>().ms);
    if (name == "OnPayloadType")
        return integer(*content, inner, out.emplace<OnPayloadType>().type);
    if (name == "Random")
        return real(*content, inner, out.emplace<WithChance>().probability);
    return refuse("S4", where, "is “" + name.substr(0, 64) + "”, which is no known condition");
}

bool Reader::transition(JsonValue value, const Where& where, Transition& out)
{
    static constexpr std::array kNames{"condition", "next_state", "size_override", "iat_override", "padding_override"};
    Members members(*this, where, kNames);
    return members.open(value) &&
           members.read(0, [&](JsonValue v, const Where& w) { return condition(v, w, out.condition); }) &&
           members.read(1, [&](JsonValue v, const Where& w) { return integer(v, w, out.nextState); }) &&
           optionalPart(members, 2, out.sizes, &Reader::sizeLaw) &&
           optionalPart(members, 3, out.gaps, &Reader::gapLaw) &&
           optionalPart(members, 4, out.padding, &Reader::padding);
}

bool Reader::state(JsonValue value, const Where& where, State& out)
{
    static constexpr std::array kNames{"state_id", "transitions"};
    Members members(*this, where, kNames);
    return members.open(value) && members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, out.id); }) &&
           members.read(1,
                        [&](JsonValue v, const Where& w) { return items(v, w, out.transitions, &Reader::transition); });
}

bool Reader::signature(JsonValue value, const Where& where, std::array<std::uint8_t, 64>& out)
{
    if (value.is(JsonKind::String)) {
        const std::string bytes = value.string();
        if (bytes.size() != out.size())
            return refuse("S3", where, "is text of " + std::to_string(bytes.size()) + " bytes instead of 64");
        std::transform(bytes.begin(), bytes.end(), out.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
        return true;
    }
    if (!value.is(JsonKind::Array))
        return refuse("S3", where, "is not an array of bytes");
    if (value.size() != out.size())
        return refuse("S3", where, "has " + std::to_string(value.size()) + " bytes instead of 64");
    return value.forEachItem([&](std::size_t i, JsonValue each) { return integer(each, where.item(i), out[i], "S3"); });
}

bool Reader::counterField(JsonValue value, const Where& where, CounterField& out)
{
    static constexpr std::array kNames{"len", "endian", "start", "step"};
    Members members(*this, where, kNames);
    std::optional<JsonValue> start;
    std::optional<JsonValue> step;
    return members.open(value, "kind") &&
           members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, out.length); }) &&
           members.read(1, [&](JsonValue v, const Where& w) { return spelled(v, w, kByteOrders, out.order); }) &&
           members.defaulted(2, start) && (!start || integer(*start, members.where(2), out.start)) &&
           members.defaulted(3, step) && (!step || integer(*step, members.where(3), out.step));
}

bool Reader::headerField(JsonValue value, const Where& where, HeaderField& out)
{
    if (!value.is(JsonKind::Object))
        return refuse("S2", where, "is not an object");
    const auto tag = value.member("kind");
    if (!tag)
        return refuse("S1", where.member("kind"), "is missing");
    const Where tagWhere = where.member("kind");
    std::string kind;
    if (!variantName(*tag, tagWhere, kind))
        return false;
    if (kind == "CounterLike")
        return counterField(value, where, out.emplace<CounterField>());
    if (kind == "Fixed") {
        static constexpr std::array kNames{"bytes"};
        Members members(*this, where, kNames);
        auto& field = out.emplace<FixedField>();
        return members.open(value, "kind") &&
               members.read(0, [&](JsonValue v, const Where& w) { return bytes(v, w, field.bytes); });
    }
    if (kind == "Random") {
        static constexpr std::array kNames{"len"};
        Members members(*this, where, kNames);
        auto& field = out.emplace<RandomField>();
        return members.open(value, "kind") &&
               members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, field.length); });
    }
    if (kind == "Length") {
        static constexpr std::array kNames{"len", "endian"};
        Members members(*this, where, kNames);
        auto& field = out.emplace<LengthField>();
        return members.open(value, "kind") &&
               members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, field.length); }) &&
               members.read(1, [&](JsonValue v, const Where& w) { return spelled(v, w, kByteOrders, field.order); });
    }
    if (kind != "Id")
        return refuse("S4", tagWhere, "is “" + kind.substr(0, 64) + "”, which is no known field");
    static constexpr std::array kNames{"len", "mode"};
    Members members(*this, where, kNames);
    auto& field = out.emplace<IdField>();
    return members.open(value, "kind") &&
           members.read(0, [&](JsonValue v, const Where& w) { return integer(v, w, field.length); }) &&
           members.read(1, [&](JsonValue v, const Where& w) { return spelled(v, w, kIdModes, field.mode); });
}

bool Reader::headerSpec(JsonValue value, const Where& where, HeaderSpec& out)
{
    if (!value.is(JsonKind::Object))
        return refuse("S2", where, "is not an object");
    const auto tag = value.member("type");
    const Where tagWhere = where.member("type");
    if (!tag)
        return refuse("S1", tagWhere, "is missing");
    std::string type;
    if (!variantName(*tag, tagWhere, type))
        return false;
    if (type == "Structured") {
        static constexpr std::array kNames{"fields"};
        Members members(*this, where, kNames);
        auto& spec = out.emplace<StructuredHeader>();
        return members.open(value, "type") && members.read(0, [&](JsonValue v, const Where& w) {
            return items(v, w, spec.fields, &Reader::headerField);
        });
    }
    if (type != "RawPrefix")
        return refuse("S4", tagWhere, "is “" + type.substr(0, 64) + "”, which is no known specification");
    static constexpr std::array kNames{"prefix_hex", "randomize_indices"};
    Members members(*this, where, kNames);
    auto& spec = out.emplace<RawHeader>();
    std::optional<JsonValue> indices;
    return members.open(value, "type") &&
           members.read(0, [&](JsonValue v, const Where& w) { return text(v, w, spec.hex); }) &&
           members.defaulted(1, indices) && (!indices || numbers(*indices, members.where(1), spec.randomIndices));
}

bool Reader::bounds(JsonValue value, const Where& where, PerturbationBounds& out)
{
    static constexpr std::array kNames{"iat_jitter_scale", "padding_shift_pct", "max_header_gap", "fsm_dwell_scale"};
    Members members(*this, where, kNames);
    std::array<std::optional<JsonValue>, 4> found;
    if (!members.open(value))
        return false;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!members.defaulted(i, found[i]))
            return false;
    }
    return (!found[0] || range(*found[0], members.where(0), out.gapJitterScale)) &&
           (!found[1] || real(*found[1], members.where(1), out.paddingShift)) &&
           (!found[2] || integer(*found[2], members.where(2), out.maxHeaderGap)) &&
           (!found[3] || range(*found[3], members.where(3), out.dwellScale));
}

/// Our own member. What does not fit is left out and noted like an unknown member: it never makes a mask unusable.
void Reader::extension(JsonValue value, const Where& where, MaskProfile& out)
{
    Extension extension;
    ProfileReading quiet;
    FieldReader reader(NumberReading::Nearest, quiet);
    const auto spread = value.member("signature_spread");
    const bool spreadFits = spread && reader.numbers(*spread, where, extension.signatureSpread) &&
                            extension.signatureSpread.size() == kSignatureLength &&
                            std::all_of(extension.signatureSpread.begin(), extension.signatureSpread.end(),
                                        [](float x) { return std::isfinite(x) && x >= 0.0F; });
    if (!spreadFits)
        return noteUnknown(where);
    const auto count = [&](const char* name, std::uint32_t& to) {
        const auto found = value.member(name);
        return !found || reader.integer(*found, where, to);
    };
    const auto words = [&](const char* name, std::string& to) {
        const auto found = value.member(name);
        return !found || (reader.text(*found, where, to) && to.size() <= kMaxExtensionText);
    };
    bool fits = count("windows", extension.windows) && count("window_packets", extension.windowPackets) &&
                words("recording", extension.recording) && words("service", extension.service) &&
                words("made_by", extension.madeBy) && words("report", extension.report) &&
                words("signed_by", extension.signedBy);
    if (const auto captures = value.member("captures")) {
        fits = fits && captures->is(JsonKind::Array) && captures->size() <= kMaxCaptureHashes;
        fits = fits && captures->forEachItem([&](std::size_t, JsonValue each) {
            return reader.text(each, where, extension.captures.emplace_back()) &&
                   extension.captures.back().size() <= kMaxExtensionText;
        });
    }
    if (!fits)
        return noteUnknown(where);
    out.extension = std::move(extension);
}

enum Member : std::size_t {
    kId,
    kVersion,
    kCreated,
    kExpires,
    kProtocol,
    kTemplate,
    kKeyOffset,
    kKeyLength,
    kSizes,
    kGaps,
    kJoint,
    kPadding,
    kStates,
    kInitial,
    kVector,
    kReverse,
    kSignature,
    kSpec,
    kBounds,
    kTag,
    kGenerated,
    kExtension
};

constexpr std::array kProfileNames{"mask_id",           "version",           "created_at",          "expires_at",
                                   "spoof_protocol",    "header_template",   "eph_pub_offset",      "eph_pub_length",
                                   "size_distribution", "iat_distribution",  "size_iat_joint",      "padding_strategy",
                                   "fsm_states",        "fsm_initial_state", "signature_vector",    "reverse_profile",
                                   "signature",         "header_spec",       "perturbation_bounds", "tag_offset",
                                   "generated",         kExtensionName};

bool Reader::identity(Members& members, MaskProfile& out)
{
    return members.read(kId, [&](JsonValue v, const Where& w) { return text(v, w, out.id); }) &&
           members.read(kVersion, [&](JsonValue v, const Where& w) { return integer(v, w, out.version); }) &&
           members.read(kCreated, [&](JsonValue v, const Where& w) { return integer(v, w, out.createdAt); }) &&
           members.read(kExpires, [&](JsonValue v, const Where& w) { return integer(v, w, out.expiresAt); }) &&
           members.read(kProtocol,
                        [&](JsonValue v, const Where& w) { return spelled(v, w, kSpoofProtocols, out.protocol); }) &&
           members.read(kTemplate, [&](JsonValue v, const Where& w) { return bytes(v, w, out.headerTemplate); }) &&
           members.read(kKeyOffset, [&](JsonValue v, const Where& w) { return integer(v, w, out.keyOffset); }) &&
           members.read(kKeyLength, [&](JsonValue v, const Where& w) { return integer(v, w, out.keyLength); });
}

bool Reader::behaviour(Members& members, MaskProfile& out)
{
    return members.read(kSizes, [&](JsonValue v, const Where& w) { return sizeLaw(v, w, out.sizes); }) &&
           members.read(kGaps, [&](JsonValue v, const Where& w) { return gapLaw(v, w, out.gaps); }) &&
           optionalPart(members, kJoint, out.joint, &Reader::jointLaw) &&
           members.read(kPadding, [&](JsonValue v, const Where& w) { return padding(v, w, out.padding); }) &&
           members.read(kStates,
                        [&](JsonValue v, const Where& w) { return items(v, w, out.states, &Reader::state); }) &&
           members.read(kInitial, [&](JsonValue v, const Where& w) { return integer(v, w, out.initialState); }) &&
           members.read(kVector, [&](JsonValue v, const Where& w) { return numbers(v, w, out.signatureVector); });
}

bool Reader::trailing(Members& members, MaskProfile& out)
{
    std::optional<JsonValue> found;
    if (!members.defaulted(kSignature, found) ||
        (found && !signature(*found, members.where(kSignature), out.signature)))
        return false;
    if (!members.defaulted(kTag, found) || (found && !integer(*found, members.where(kTag), out.tagOffset, "S3")))
        return false;
    if (!members.defaulted(kGenerated, found))
        return false;
    if (found && !found->is(JsonKind::Bool))
        return refuse("S3", members.where(kGenerated), "is neither true nor false");
    out.generated = found && found->truth();
    return optionalPart(members, kSpec, out.headerSpec, &Reader::headerSpec) &&
           optionalPart(members, kBounds, out.bounds, &Reader::bounds);
}

bool Reader::profile(JsonValue value, const Where& where, MaskProfile& out)
{
    Members members(*this, where, kProfileNames);
    if (!members.open(value) || !identity(members, out) || !behaviour(members, out) || !trailing(members, out))
        return false;
    if (const auto own = members.optional(kExtension)) {
        const Where ownWhere = members.where(kExtension);
        extension(*own, ownWhere, out);
    }
    const auto inner = members.optional(kReverse);
    if (!inner)
        return true;
    auto reverse = std::make_shared<MaskProfile>();
    const Where innerWhere = members.where(kReverse); // nesting is bounded by the depth of the JSON
    if (!profile(*inner, innerWhere, *reverse))
        return false;
    out.reverse = std::move(reverse);
    return true;
}

Refusal refusalOf(const JsonError& error)
{
    const std::string place = " (byte " + std::to_string(error.offset) + ")";
    switch (error.trouble) {
    case JsonTrouble::TooDeep:
        return {"T2", {}, error.reason + place};
    case JsonTrouble::TwiceTheSame:
        return {"T3", {}, error.reason + place};
    case JsonTrouble::TooLarge:
        return {"T4", {}, error.reason + place};
    case JsonTrouble::TooLong:
        return {"T5", {}, error.reason};
    case JsonTrouble::Syntax:
        break;
    }
    return {"T1", {}, "is not JSON: " + error.reason + place};
}

} // namespace

std::unique_ptr<JsonDocument> parseMaskText(std::string text, Refusal& refusal)
{
    JsonLimits limits;
    limits.maxBytes = kMaxMaskBytes;
    limits.maxDepth = kMaxDepth;
    JsonError error;
    auto document = JsonDocument::parse(std::move(text), limits, error);
    if (!document)
        refusal = refusalOf(error);
    return document;
}

ProfileReading readProfile(const JsonDocument& document, NumberReading reading)
{
    ProfileReading result;
    if (!document.root().is(JsonKind::Object)) {
        result.refusal = {"T1", {}, "is not one object"};
        return result;
    }
    MaskProfile profile;
    Reader reader(reading, result);
    if (reader.profile(document.root(), Where{}, profile))
        result.profile = std::move(profile);
    return result;
}

ProfileReading readProfile(std::string text, NumberReading reading)
{
    ProfileReading result;
    const auto document = parseMaskText(std::move(text), result.refusal);
    return document ? readProfile(*document, reading) : result;
}

} // namespace timbre::mask
