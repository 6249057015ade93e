#include "ui/models/feature_texts.h"

#include "engine/mask/features.h"

#include <QtCore/QCoreApplication>

namespace timbre::ui {

namespace {

// The names of the engine, here for the translators alone; a test compares the two.
[[maybe_unused]] constexpr const char* kNames[] = {
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 0–63"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 64–127"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 128–191"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 192–255"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 256–319"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 320–383"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 384–447"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 448–511"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 512–575"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 576–639"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 640–703"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 704–767"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 768–895"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 896–1023"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 1024–1279"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes from 1280"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "mean gap"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "deviation of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "largest gap"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "smallest gap"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "lower quartile of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "median gap"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "upper quartile of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "variation of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "skewness of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "kurtosis of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gaps resemble the one before"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gaps under 2 ms"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gaps over 500 ms"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gap to gap change"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "tenth of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "nine tenths of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "mean entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "deviation of entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "largest entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "smallest entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "lower quartile of entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "median entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "upper quartile of entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "entropy over 7.5"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "entropy under 4"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "skewness of entropy"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "entropy resembles the one before"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "entropy drifts"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gap and entropy go together"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "share received"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "bursts per packet"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "length of bursts"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "packets per second"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "bytes per second"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "mean size"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "deviation of sizes"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes over 1000"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes under 100"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "sizes 100–1000"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "size to size change"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "tenth of sizes"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "lower quartile of sizes"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "upper quartile of sizes"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "nine tenths of sizes"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "evenness of gaps"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gaps of 10–100 ms"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "throughput"),
    QT_TRANSLATE_NOOP("timbre::mask::Feature", "gaps near the median"),
};

} // namespace

QString featureText(std::size_t feature)
{
    return QCoreApplication::translate("timbre::mask::Feature", mask::featureName(feature));
}

} // namespace timbre::ui
