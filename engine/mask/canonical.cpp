#include "engine/mask/canonical.h"

#include "engine/base/json_writer.h"
#include "engine/mask/variants_private.h"

#include <charconv>
#include <cmath>
#include <string_view>

namespace timbre::mask {

namespace {

/// Digits d1 d2 … and the power of ten of the first one, laid out.
void layOut(std::string& out, std::string_view digits, int power, int lowest, int highest, ExponentSign sign)
{
    if (power < lowest || power > highest) {
        out += digits[0];
        if (digits.size() > 1)
            out.append(1, '.').append(digits.substr(1));
        out += 'e';
        if (sign == ExponentSign::Plus && power > 0)
            out += '+';
        out += std::to_string(power);
        return;
    }
    const auto count = static_cast<int>(digits.size());
    if (power < 0) {
        out.append("0.").append(static_cast<std::size_t>(-power - 1), '0').append(digits);
    } else if (count <= power + 1) {
        out.append(digits).append(static_cast<std::size_t>(power + 1 - count), '0').append(".0");
    } else {
        const auto whole = static_cast<std::size_t>(power) + 1;
        out.append(digits.substr(0, whole)).append(1, '.').append(digits.substr(whole));
    }
}

template<typename Real>
void appendAny(std::string& out, Real value, int lowest, int highest, ExponentSign sign)
{
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    if (std::signbit(value))
        out += '-';
    const Real size = std::fabs(value);
    if (size == 0) {
        out += "0.0";
        return;
    }
    char text[32]; // the shortest form has at most 17 digits
    const auto end = std::to_chars(text, text + sizeof text, size, std::chars_format::scientific).ptr;
    const std::string_view all(text, static_cast<std::size_t>(end - text));
    const std::size_t mark = all.find('e');
    std::string digits;
    for (const char c : all.substr(0, mark)) {
        if (c != '.')
            digits += c;
    }
    int power = 0;
    const std::size_t skip = mark + (all[mark + 1] == '+' ? 2 : 1);
    std::from_chars(text + skip, end, power);
    layOut(out, digits, power, lowest, highest, sign);
}

/// Strings as the format wants them: only what must be escaped is.
void appendText(std::string& out, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        constexpr std::string_view kShort = "\b\t\n\f\r";
        const std::size_t found = kShort.find(c);
        if (c == '"' || c == '\\')
            out.append(1, '\\').append(1, c);
        else if (found != std::string_view::npos)
            out.append(1, '\\').append(1, "btnfr"[found]);
        else if (byte < 0x20)
            out.append("\\u00").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
        else
            out += c;
    }
    out += '"';
}

class Writer {
public:
    Writer(std::string& out, ExponentSign sign)
        : m_out(out)
        , m_sign(sign)
    {
    }

    void profile(const MaskProfile& mask, const std::array<std::uint8_t, 64>& signature, bool lines);

private:
    void name(std::string_view member)
    {
        if (m_out.back() != '{')
            m_out += ',';
        if (m_lines)
            m_out.append("\n").append(m_indent, ' ');
        m_out.append(1, '"').append(member).append("\":");
        if (m_lines)
            m_out += ' ';
    }
    void null() { m_out += "null"; }
    void value(std::string_view text) { appendText(m_out, text); }
    void value(const char* text) { appendText(m_out, text); }
    void value(double number) { appendReal(m_out, number, m_sign); }
    void value(float number) { appendReal(m_out, number, m_sign); }
    void value(std::uint64_t number) { m_out += std::to_string(number); }
    void value(std::uint32_t number) { m_out += std::to_string(number); }
    void value(std::uint16_t number) { m_out += std::to_string(number); }
    void value(std::uint8_t number) { m_out += std::to_string(number); }
    void value(bool truth) { m_out += truth ? "true" : "false"; }
    void value(const SizeBin& bin);
    void value(const SizeLaw& law);
    void value(const GapLaw& law);
    void value(const JointLaw& law);
    void value(const Padding& padding);
    void value(const Condition& condition);
    void value(const Transition& transition);
    void value(const State& state);
    void value(const HeaderField& field);
    void value(const HeaderSpec& spec);
    void value(const PerturbationBounds& bounds);
    void value(const Extension& extension);
    template<typename Item, std::size_t N>
    void value(const std::array<Item, N>& items)
    {
        list(items);
    }
    template<typename Item>
    void value(const std::vector<Item>& items)
    {
        list(items);
    }
    template<typename Items>
    void list(const Items& items)
    {
        m_out += '[';
        bool first = true;
        for (const auto& item : items) {
            if (!first)
                m_out += ',';
            first = false;
            value(item);
        }
        m_out += ']';
    }
    void value(const std::string& text) { appendText(m_out, text); }
    template<typename Item>
    void value(const std::optional<Item>& item)
    {
        if (item)
            value(*item);
        else
            null();
    }
    template<typename Item>
    void member(std::string_view named, const Item& item)
    {
        name(named);
        value(item);
    }
    /// Structures inside the profile stand on one line.
    template<typename Write>
    void object(Write write)
    {
        const bool lines = m_lines;
        m_lines = false;
        m_out += '{';
        write();
        m_out += '}';
        m_lines = lines;
    }

    std::string& m_out;
    ExponentSign m_sign;
    bool m_lines = false;
    std::size_t m_indent = 0;
};

void Writer::value(const SizeBin& bin)
{
    m_out += '[';
    value(bin.low);
    m_out += ',';
    value(bin.high);
    m_out += ',';
    value(bin.weight);
    m_out += ']';
}

void Writer::value(const SizeLaw& law)
{
    object([&] {
        member("dist_type", nameOf(law.type));
        member("bins", law.bins);
        name("parametric_type");
        if (law.family)
            value(nameOf(*law.family));
        else
            null();
        member("parametric_params", law.parameters);
    });
}

void Writer::value(const GapLaw& law)
{
    object([&] {
        member("dist_type", nameOf(law.family));
        member("params", law.parameters);
        member("jitter_range_ms", law.jitterMs);
    });
}

void Writer::value(const JointLaw& law)
{
    object([&] { member("params", law.parameters); });
}

void Writer::value(const Padding& padding)
{
    if (std::holds_alternative<PadToDrawnSize>(padding))
        return value("MatchDistribution");
    object([&] {
        if (const auto* uniform = std::get_if<UniformPadding>(&padding)) {
            name("RandomUniform");
            object([&] {
                member("min", uniform->low);
                member("max", uniform->high);
            });
        } else {
            name("Fixed");
            object([&] { member("size", std::get<FixedPadding>(padding).size); });
        }
    });
}

void Writer::value(const Condition& condition)
{
    object([&] {
        if (const auto* packets = std::get_if<AfterPackets>(&condition))
            member("AfterPackets", packets->packets);
        else if (const auto* duration = std::get_if<AfterDuration>(&condition))
            member("AfterDuration", duration->ms);
        else if (const auto* type = std::get_if<OnPayloadType>(&condition))
            member("OnPayloadType", type->type);
        else
            member("Random", std::get<WithChance>(condition).probability);
    });
}

void Writer::value(const Transition& transition)
{
    object([&] {
        member("condition", transition.condition);
        member("next_state", transition.nextState);
        member("size_override", transition.sizes);
        member("iat_override", transition.gaps);
        member("padding_override", transition.padding);
    });
}

void Writer::value(const State& state)
{
    object([&] {
        member("state_id", state.id);
        member("transitions", state.transitions);
    });
}

void Writer::value(const HeaderField& field)
{
    const auto order = [](ByteOrder each) { return kByteOrders[static_cast<std::size_t>(each)]; };
    object([&] {
        if (const auto* fixed = std::get_if<FixedField>(&field)) {
            member("kind", "Fixed");
            member("bytes", fixed->bytes);
        } else if (const auto* random = std::get_if<RandomField>(&field)) {
            member("kind", "Random");
            member("len", random->length);
        } else if (const auto* length = std::get_if<LengthField>(&field)) {
            member("kind", "Length");
            member("len", length->length);
            member("endian", order(length->order));
        } else if (const auto* id = std::get_if<IdField>(&field)) {
            member("kind", "Id");
            member("len", id->length);
            member("mode", kIdModes[static_cast<std::size_t>(id->mode)]);
        } else {
            const auto& counter = std::get<CounterField>(field);
            member("kind", "CounterLike");
            member("len", counter.length);
            member("endian", order(counter.order));
            member("start", counter.start);
            member("step", counter.step);
        }
    });
}

void Writer::value(const HeaderSpec& spec)
{
    object([&] {
        if (const auto* structured = std::get_if<StructuredHeader>(&spec)) {
            member("type", "Structured");
            member("fields", structured->fields);
        } else {
            const auto& raw = std::get<RawHeader>(spec);
            member("type", "RawPrefix");
            member("prefix_hex", std::string_view(raw.hex));
            member("randomize_indices", raw.randomIndices);
        }
    });
}

void Writer::value(const PerturbationBounds& bounds)
{
    object([&] {
        member("iat_jitter_scale", bounds.gapJitterScale);
        member("padding_shift_pct", bounds.paddingShift);
        member("max_header_gap", bounds.maxHeaderGap);
        member("fsm_dwell_scale", bounds.dwellScale);
    });
}

void Writer::value(const Extension& extension)
{
    object([&] {
        member("signature_spread", extension.signatureSpread);
        member("windows", extension.windows);
        member("window_packets", extension.windowPackets);
        member("recording", std::string_view(extension.recording));
        member("service", std::string_view(extension.service));
        member("made_by", std::string_view(extension.madeBy));
        member("captures", extension.captures);
        member("report", std::string_view(extension.report));
        if (!extension.signedBy.empty())
            member("signed_by", std::string_view(extension.signedBy));
    });
}

void Writer::profile(const MaskProfile& mask, const std::array<std::uint8_t, 64>& signature, bool lines)
{
    m_lines = lines;
    m_indent += 2;
    m_out += '{';
    member("mask_id", std::string_view(mask.id));
    member("version", mask.version);
    member("created_at", mask.createdAt);
    member("expires_at", mask.expiresAt);
    member("spoof_protocol", nameOf(mask.protocol));
    member("header_template", mask.headerTemplate);
    member("eph_pub_offset", mask.keyOffset);
    member("eph_pub_length", mask.keyLength);
    member("size_distribution", mask.sizes);
    member("iat_distribution", mask.gaps);
    member("size_iat_joint", mask.joint);
    member("padding_strategy", mask.padding);
    member("fsm_states", mask.states);
    member("fsm_initial_state", mask.initialState);
    member("signature_vector", mask.signatureVector);
    name("reverse_profile");
    if (mask.reverse)
        profile(*mask.reverse, mask.reverse->signature, lines);
    else
        null();
    member("signature", signature);
    member("header_spec", mask.headerSpec);
    member("perturbation_bounds", mask.bounds);
    member("tag_offset", mask.tagOffset);
    member("generated", mask.generated);
    if (lines && mask.extension)
        member(kExtensionName, *mask.extension);
    m_indent -= 2;
    if (lines)
        m_out.append("\n").append(m_indent, ' ');
    m_out += '}';
}

bool finite(const std::vector<double>& numbers)
{
    for (const double number : numbers) {
        if (!std::isfinite(number))
            return false;
    }
    return true;
}

bool finite(const SizeLaw& law)
{
    for (const SizeBin& bin : law.bins) {
        if (!std::isfinite(bin.weight))
            return false;
    }
    return !law.parameters || finite(*law.parameters);
}

bool finite(const GapLaw& law)
{
    return finite(law.parameters) && std::isfinite(law.jitterMs[0]) && std::isfinite(law.jitterMs[1]);
}

bool finite(const Transition& transition)
{
    const auto* chance = std::get_if<WithChance>(&transition.condition);
    return (!chance || std::isfinite(chance->probability)) && (!transition.sizes || finite(*transition.sizes)) &&
           (!transition.gaps || finite(*transition.gaps));
}

} // namespace

void appendReal(std::string& out, double value, ExponentSign sign)
{
    appendAny(out, value, -5, 15, sign);
}

void appendReal(std::string& out, float value, ExponentSign sign)
{
    appendAny(out, value, -6, 12, sign);
}

std::string canonicalBytes(const MaskProfile& mask, ExponentSign sign)
{
    std::string out;
    Writer(out, sign).profile(mask, {}, false);
    return out;
}

std::string fileText(const MaskProfile& mask)
{
    std::string out;
    Writer(out, ExponentSign::None).profile(mask, mask.signature, true);
    out += '\n';
    return out;
}

bool allFinite(const MaskProfile& mask)
{
    for (const State& state : mask.states) {
        for (const Transition& transition : state.transitions) {
            if (!finite(transition))
                return false;
        }
    }
    for (const float number : mask.signatureVector) {
        if (!std::isfinite(number))
            return false;
    }
    const bool bounded =
        !mask.bounds || (std::isfinite(mask.bounds->paddingShift) && std::isfinite(mask.bounds->gapJitterScale[0]) &&
                         std::isfinite(mask.bounds->gapJitterScale[1]) && std::isfinite(mask.bounds->dwellScale[0]) &&
                         std::isfinite(mask.bounds->dwellScale[1]));
    return bounded && finite(mask.sizes) && finite(mask.gaps) && (!mask.joint || finite(mask.joint->parameters)) &&
           (!mask.reverse || allFinite(*mask.reverse));
}

} // namespace timbre::mask
