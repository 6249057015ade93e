#pragma once

// A mask: how traffic of one kind looks. First bytes, packet sizes, gaps between packets, a small state machine and a
// signature of 64 numbers, for the uplink; `reverse` holds the same for the downlink. This is the value everybody
// passes around; profile_reader.h makes one from JSON, canonical.h writes it, rules.h says whether it may be used.
// Numbers marked f32 in the format are float here. Members are in the order of the format.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace timbre::mask {

inline constexpr std::size_t kSignatureLength = 64;
inline constexpr std::uint16_t kTagBeforeHeader = 65535; // tag_offset: the tag precedes the header
inline constexpr std::uint16_t kTagBytes = 8;
inline constexpr std::uint16_t kKeyBytes = 32;
inline constexpr std::uint64_t kNeverExpires = 18'446'744'073'709'551'615ULL;

enum class SpoofProtocol : std::uint8_t { None, Quic, WebRtcStun, HttpsH2, DnsOverUdp };

// ---- sizes, in bytes of whole packets

struct SizeBin {
    std::uint16_t low = 0; // both ends belong to it
    std::uint16_t high = 0;
    float weight = 0.0F;
};

enum class SizeLawType : std::uint8_t { Histogram, Parametric };
enum class SizeFamily : std::uint8_t { LogNormal, Gamma, Bimodal, Gmm };

struct SizeLaw {
    SizeLawType type = SizeLawType::Histogram;
    std::vector<SizeBin> bins;
    std::optional<SizeFamily> family;              // of a Parametric law
    std::optional<std::vector<double>> parameters; // Gmm: k, then weight, mean, deviation of each component
};

// ---- gaps, in milliseconds

enum class GapFamily : std::uint8_t { Exponential, LogNormal, Gamma, Empirical, Gmm };

struct GapLaw {
    GapFamily family = GapFamily::Empirical;
    std::vector<double> parameters;
    std::array<double, 2> jitterMs{}; // low, high: a uniform value between them is added
};

/// Of size and gap together: k, then weight, mean size, mean gap, l00, l10, l11 of each group (Cholesky factors).
struct JointLaw {
    std::vector<double> parameters;
};

// ---- padding

struct UniformPadding {
    std::uint16_t low = 0;
    std::uint16_t high = 0;
};
struct PadToDrawnSize {};
struct FixedPadding {
    std::uint16_t size = 0;
};
using Padding = std::variant<UniformPadding, PadToDrawnSize, FixedPadding>;

// ---- state machine

struct AfterPackets {
    std::uint32_t packets = 0;
};
struct AfterDuration {
    std::uint64_t ms = 0;
};
struct OnPayloadType {
    std::uint8_t type = 0;
};
struct WithChance {
    float probability = 0.0F; // per packet
};
using Condition = std::variant<AfterPackets, AfterDuration, OnPayloadType, WithChance>;

struct Transition {
    Condition condition;
    std::uint16_t nextState = 0;
    std::optional<SizeLaw> sizes; // in force after the change of state; none: the mask's own
    std::optional<GapLaw> gaps;
    std::optional<Padding> padding;
};

struct State {
    std::uint16_t id = 0;
    std::vector<Transition> transitions; // the first that holds is taken
};

// ---- header

enum class ByteOrder : std::uint8_t { Big, Little };
enum class IdMode : std::uint8_t { Random, Zero };

struct FixedField {
    std::vector<std::uint8_t> bytes;
};
struct RandomField {
    std::uint64_t length = 0;
};
struct LengthField {
    std::uint64_t length = 0;
    ByteOrder order = ByteOrder::Big;
};
struct IdField {
    std::uint64_t length = 0;
    IdMode mode = IdMode::Random;
};
struct CounterField {
    std::uint64_t length = 0;
    ByteOrder order = ByteOrder::Big;
    std::uint64_t start = 0;
    std::uint64_t step = 1;
};
using HeaderField = std::variant<FixedField, RandomField, LengthField, IdField, CounterField>;

struct StructuredHeader {
    std::vector<HeaderField> fields;
};
struct RawHeader {
    std::string hex; // letter case is kept
    std::vector<std::uint64_t> randomIndices;
};
using HeaderSpec = std::variant<StructuredHeader, RawHeader>;

struct PerturbationBounds {
    std::array<double, 2> gapJitterScale{0.7, 1.4};
    double paddingShift = 0.15;
    std::uint8_t maxHeaderGap = 4;
    std::array<double, 2> dwellScale{0.8, 1.25};
};

/// What Timbre adds for itself, as the member "x_timbre": other readers ignore it, and the Ed25519 signature does not
/// cover it. Present only in masks made by Timbre.
struct Extension {
    /// Spread of each feature of the signature over the windows it is the mean of; 64 numbers, not negative.
    std::vector<float> signatureSpread;
    std::uint32_t windows = 0;       // how many there were
    std::uint32_t windowPackets = 0; // packets in each, 256 but for short recordings
    // Where the mask comes from; empty when not known.
    std::string recording; // 16 bytes in hex
    std::string service;
    std::string madeBy;                // "timbre 0.1.0"
    std::vector<std::string> captures; // hashes of the captures that the recording was made from
    std::string report;                // the self-test in one line, for people
    std::string signedBy;              // id of the key that signed it: a hint where to look, not a proof
};

struct MaskProfile {
    std::string id;
    std::uint16_t version = 0;
    std::uint64_t createdAt = 0; // Unix seconds
    std::uint64_t expiresAt = 0;
    SpoofProtocol protocol = SpoofProtocol::None;
    std::vector<std::uint8_t> headerTemplate;
    std::uint16_t keyOffset = 0; // eph_pub_offset
    std::uint16_t keyLength = 0; // eph_pub_length, 32
    SizeLaw sizes;
    GapLaw gaps;
    std::optional<JointLaw> joint;
    Padding padding;
    std::vector<State> states;
    std::uint16_t initialState = 0;
    std::vector<float> signatureVector;         // list B features of uplink windows; 64 numbers in a valid mask
    std::shared_ptr<const MaskProfile> reverse; // may be null; never changed through this pointer
    std::array<std::uint8_t, 64> signature{};   // Ed25519; all zero: unsigned
    std::optional<HeaderSpec> headerSpec;
    std::optional<PerturbationBounds> bounds;
    std::uint16_t tagOffset = kTagBeforeHeader;
    bool generated = false;
    std::optional<Extension> extension; // not part of the format
};

[[nodiscard]] inline bool isSigned(const MaskProfile& mask)
{
    for (const std::uint8_t byte : mask.signature) {
        if (byte != 0)
            return true;
    }
    return false;
}

/// Sum of the widths of the fields, or bytes of the prefix; 65536 or more is cut to that (no real header comes near).
[[nodiscard]] std::size_t headerLength(const HeaderSpec& spec);
/// Of the specification when there is one, else of the template.
[[nodiscard]] std::size_t headerLength(const MaskProfile& mask);

/// As in the format: "QUIC", "WebRTC_STUN" …
[[nodiscard]] const char* nameOf(SpoofProtocol protocol);
[[nodiscard]] const char* nameOf(SizeLawType type);
[[nodiscard]] const char* nameOf(SizeFamily family);
[[nodiscard]] const char* nameOf(GapFamily family);

} // namespace timbre::mask
