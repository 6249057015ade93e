#include "engine/pipeline/analyzers.h"

#include "engine/mask/mask_file.h"
#include "engine/pipeline/audio_analyzer.h"
#include "engine/pipeline/resonance_analyzer.h"
#include "engine/resonance/mask_folder.h"
#include "engine/store/workspace.h"

#include <algorithm>

namespace timbre::pipeline {

namespace {

constexpr std::uint64_t kAnyTime = 0; // expiry is for the list of masks

void addNew(resonance::MaskModels& masks, std::shared_ptr<const resonance::MaskModel> mask)
{
    const bool known = std::any_of(masks.begin(), masks.end(), [&](const auto& each) { return each->id == mask->id; });
    if (!known)
        masks.push_back(std::move(mask));
}

void addFromWorkspace(resonance::MaskModels& masks, const std::filesystem::path& path)
{
    auto reader = store::WorkspaceReader::open(path);
    if (!reader)
        return;
    const auto stored = (*reader)->listMasks();
    if (!stored)
        return;
    for (const store::StoredMask& each : *stored) {
        const mask::MaskLoading loading = mask::loadMask(each.text, kAnyTime);
        if (!loading.loaded)
            continue;
        if (auto model = resonance::MaskModel::make(loading.loaded->mask))
            addNew(masks, *std::move(model));
    }
}

} // namespace

resonance::MaskModels activeMasks(const AnalyzerOptions& options)
{
    resonance::MaskModels masks = options.masks;
    if (!options.maskFolder.empty()) {
        if (auto folder = resonance::loadMaskFolder(options.maskFolder, kAnyTime)) {
            for (auto& mask : folder->masks)
                addNew(masks, std::move(mask));
        }
    }
    if (!options.maskWorkspace.empty())
        addFromWorkspace(masks, options.maskWorkspace);
    return masks;
}

TrendsOptions currentTrendsOptions(const AnalyzerOptions& options)
{
    TrendsOptions current = options.trendsOptions;
    if (options.trendsSettings) {
        TrendsSettings::Values values = options.trendsSettings->get();
        current.locations = std::move(values.locations);
        current.sensitiveData = values.sensitiveData;
        current.ja4h = values.ja4h;
    }
    return current;
}

Analyzers makeAnalyzers(const AnalyzerOptions& options)
{
    Analyzers analyzers;
    if (options.audio)
        analyzers.push_back(std::make_shared<AudioAnalyzer>(options.audioLimits));
    if (options.recordings)
        analyzers.push_back(std::make_shared<RecordingAnalyzer>(options.recordings));
    if (options.trends)
        analyzers.push_back(std::make_shared<TrendsAnalyzer>(currentTrendsOptions(options)));
    if (resonance::MaskModels masks = activeMasks(options); !masks.empty())
        analyzers.push_back(std::make_shared<ResonanceAnalyzer>(std::move(masks), options.resonance));
    return analyzers;
}

} // namespace timbre::pipeline
