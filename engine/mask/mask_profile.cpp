#include "engine/mask/mask_profile.h"

#include "engine/mask/variants_private.h"

#include <algorithm>

namespace timbre::mask {

namespace {

constexpr std::uint64_t kLongHeader = 65536;

std::uint64_t widthOf(const HeaderField& field)
{
    const auto* fixed = std::get_if<FixedField>(&field);
    if (fixed)
        return fixed->bytes.size();
    if (const auto* random = std::get_if<RandomField>(&field))
        return random->length;
    if (const auto* length = std::get_if<LengthField>(&field))
        return length->length;
    if (const auto* id = std::get_if<IdField>(&field))
        return id->length;
    return std::get<CounterField>(field).length;
}

} // namespace

std::size_t headerLength(const HeaderSpec& spec)
{
    if (const auto* raw = std::get_if<RawHeader>(&spec))
        return std::min<std::size_t>(raw->hex.size() / 2, kLongHeader);
    std::uint64_t sum = 0;
    for (const HeaderField& field : std::get<StructuredHeader>(spec).fields)
        sum = std::min(kLongHeader, sum + std::min(kLongHeader, widthOf(field)));
    return sum;
}

std::size_t headerLength(const MaskProfile& mask)
{
    return mask.headerSpec ? headerLength(*mask.headerSpec) : mask.headerTemplate.size();
}

const char* nameOf(SpoofProtocol protocol)
{
    return kSpoofProtocols[static_cast<std::size_t>(protocol)];
}

const char* nameOf(SizeLawType type)
{
    return kSizeLawTypes[static_cast<std::size_t>(type)];
}

const char* nameOf(SizeFamily family)
{
    return kSizeFamilies[static_cast<std::size_t>(family)];
}

const char* nameOf(GapFamily family)
{
    return kGapFamilies[static_cast<std::size_t>(family)];
}

} // namespace timbre::mask
