#include "engine/mask/mask_file.h"

#include "engine/mask/canonical.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace timbre::mask {

namespace {

constexpr std::size_t kUsualMaskBytes = 64U << 10U;

} // namespace

MaskLoading loadMask(std::string text, std::uint64_t now)
{
    MaskLoading result;
    const auto document = parseMaskText(std::move(text), result.refusal);
    if (!document)
        return result;
    ProfileReading reading = readProfile(*document, NumberReading::Nearest);
    if (!reading.profile) {
        result.refusal = std::move(reading.refusal);
        return result;
    }
    if (auto refusal = firstBrokenRule(*reading.profile)) {
        result.refusal = std::move(*refusal);
        return result;
    }
    LoadedMask loaded;
    loaded.mask = std::move(*reading.profile);
    loaded.unknownMembers = std::move(reading.unknownMembers);
    const ProfileReading other = readProfile(*document, NumberReading::TwoStep);
    loaded.numbersDrift = !other.profile || canonicalBytes(*other.profile) != canonicalBytes(loaded.mask);
    loaded.remarks = remarksOn(loaded.mask, now, loaded.numbersDrift);
    if (!loaded.unknownMembers.empty())
        loaded.remarks.push_back({"X1", loaded.unknownMembers.front(), "is unknown here and not kept"});
    result.loaded = std::move(loaded);
    return result;
}

Error refusalError(const Refusal& refusal)
{
    const std::string subject = refusal.field.empty() ? "the file" : refusal.field;
    const bool sentence = refusal.rule == "T2" || refusal.rule == "T3" || refusal.rule == "T4" || refusal.rule == "T5";
    return {ErrorCode::Invalid,
            "The mask was refused (rule " + refusal.rule + "): " + (sentence ? "" : subject + ' ') + refusal.reason +
                '.',
            {}};
}

Result<std::string> readMaskFile(const std::filesystem::path& path)
{
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return Error{ErrorCode::NotFound, "There is no file “" + path.string() + "”.", path.string()};
    std::ifstream file(path, std::ios::binary);
    std::string text;
    while (file && text.size() <= kMaxMaskBytes) { // one byte too many is refused by rule T5
        const std::size_t held = text.size();
        text.resize(std::min(std::max(kUsualMaskBytes, 2 * held), kMaxMaskBytes + 1));
        file.read(text.data() + held, static_cast<std::streamsize>(text.size() - held));
        text.resize(held + static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad() || !(file || file.eof()))
        return Error{ErrorCode::Unreadable, "“" + path.string() + "” cannot be read.", path.string()};
    return text;
}

} // namespace timbre::mask
