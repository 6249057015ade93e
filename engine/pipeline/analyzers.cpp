#include "engine/pipeline/analyzers.h"

#include "engine/pipeline/audio_analyzer.h"

namespace timbre::pipeline {

Analyzers makeAnalyzers(const AnalyzerOptions& options)
{
    Analyzers analyzers;
    if (options.audio)
        analyzers.push_back(std::make_shared<AudioAnalyzer>(options.audioLimits));
    if (options.recordings)
        analyzers.push_back(std::make_shared<RecordingAnalyzer>(options.recordings));
    if (options.trends)
        analyzers.push_back(std::make_shared<TrendsAnalyzer>(options.trendsOptions));
    return analyzers;
}

} // namespace timbre::pipeline
