#include "engine/resonance/mask_folder.h"

#include "engine/mask/mask_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace timbre::resonance {

namespace {

Result<std::shared_ptr<const MaskModel>> loadModel(const std::filesystem::path& file, std::uint64_t now)
{
    Result<std::string> text = mask::readMaskFile(file);
    if (!text)
        return text.error();
    const mask::MaskLoading loading = mask::loadMask(*std::move(text), now);
    if (!loading.loaded)
        return mask::refusalError(loading.refusal);
    return MaskModel::make(loading.loaded->mask);
}

} // namespace

Result<MaskFolder> loadMaskFolder(const std::filesystem::path& directory, std::uint64_t now)
{
    std::vector<std::filesystem::path> files;
    std::error_code problem;
    for (std::filesystem::directory_iterator it(directory, problem), end; !problem && it != end;
         it.increment(problem)) {
        if (it->path().extension() == ".json")
            files.push_back(it->path());
    }
    if (problem) {
        return Error{ErrorCode::Unreadable,
                     fmt::format("The directory of masks “{}” cannot be read.", directory.string()), problem.message()};
    }
    if (files.size() > kMaxMaskFiles) {
        return Error{ErrorCode::Invalid,
                     fmt::format("“{}” holds {} masks; at most {} can be checked against.", directory.string(),
                                 files.size(), kMaxMaskFiles),
                     {}};
    }
    std::sort(files.begin(), files.end());
    MaskFolder folder;
    std::set<std::string> ids;
    for (const std::filesystem::path& file : files) {
        auto model = loadModel(file, now);
        if (!model)
            folder.refused.push_back({file.filename().string(), model.error().message});
        else if (!ids.insert((*model)->id).second)
            folder.refused.push_back(
                {file.filename().string(), "Another file already has the mask “" + (*model)->id + "”."});
        else
            folder.masks.push_back(*std::move(model));
    }
    return folder;
}

} // namespace timbre::resonance
