#include "ui/models/trend_texts.h"

#include "ui/models/format.h"

#include <QtCore/QCoreApplication>

namespace timbre::ui {

namespace {

constexpr double kMsPerMinute = 60'000.0;

class TrendTexts {
    Q_DECLARE_TR_FUNCTIONS(timbre::ui::TrendTexts)
};

// The titles of the engine, here for the translators alone; a test compares the two.
[[maybe_unused]] constexpr const char* kTitles[] = {
    QT_TRANSLATE_NOOP("timbre::trends::Title", "JSON web token"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "API key"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Session cookie"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Bearer token"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Basic credentials"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Other authorization"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "User agent"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Header order"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Client hints"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Accept headers"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Address"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "TLS fingerprint (JA3)"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Network (ASN)"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Country"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "TLS fingerprint (JA4)"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "HTTP fingerprint (JA4H)"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Time between requests"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Path from page to page"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Request pattern"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Sensitive data"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Credentials"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Device"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Network"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Behaviour"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Fingerprint change"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Session sharing"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Burst of signals"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Impossible travel"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Token reuse"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Rotating user agents"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Machine-like timing"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Rotating TLS fingerprints"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "TLS fingerprint cluster"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Browser spoofing"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "TLS fingerprint change"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Oversized request"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Oversized response"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Bandwidth spike"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Exfiltration pattern"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Upload pattern"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Same value"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Chain of signals"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Same minute"),
    QT_TRANSLATE_NOOP("timbre::trends::Title", "Fingerprint family"),
};

QString title(const char* english)
{
    return QCoreApplication::translate("timbre::trends::Title", english);
}

/// What an anomaly's sentence is made of, as texts.
struct Words {
    QString subject;
    QString before;
    QString now;
    QString path;
    QString token;
    QString changes;
    QString actual;    // whole
    QString threshold; // as short as it goes
};

QString fixed(double value, int decimals)
{
    return QString::number(value, 'f', decimals);
}

QString subjectOf(const trends::Anomaly& anomaly, const StringPool& names)
{
    if (anomaly.entities.empty())
        return TrendTexts::tr("No single address");
    if (anomaly.entities.size() == 1)
        return toQString(names.text(anomaly.entities.front()));
    return TrendTexts::tr("%1 addresses").arg(anomaly.entities.size());
}

Words wordsOf(const trends::Anomaly& anomaly, const StringPool& names)
{
    const trends::Evidence& e = anomaly.evidence;
    const QString prefix = toQString(e.tokenHashPrefix);
    return {.subject = subjectOf(anomaly, names),
            .before = toQString(e.previousValue),
            .now = toQString(e.newValue),
            .path = toQString(e.pathTemplate),
            .token = prefix.isEmpty() ? TrendTexts::tr("One token") : TrendTexts::tr("One token (%1…)").arg(prefix),
            .changes = QString::number(e.changeCount.value_or(0)),
            .actual = fixed(e.actual.value_or(0.0), 0),
            .threshold = QString::number(e.threshold.value_or(0.0))};
}

QString sizeSentence(trends::AnomalyType type, const Words& w)
{
    switch (type) {
    case trends::AnomalyType::OversizedRequest:
        return TrendTexts::tr("The largest request of %1 has %2 bytes, more than %3 times the 99th percentile.")
            .arg(w.path, w.actual, w.threshold);
    case trends::AnomalyType::OversizedResponse:
        return TrendTexts::tr("The largest response of %1 has %2 bytes, more than %3 times the 99th percentile.")
            .arg(w.path, w.actual, w.threshold);
    case trends::AnomalyType::BandwidthSpike:
        return TrendTexts::tr("%1 moved %2 bytes in a minute, more than %3 times its average.")
            .arg(w.subject, w.actual, w.threshold);
    case trends::AnomalyType::ExfiltrationPattern:
        return TrendTexts::tr("Responses to %1 are %2 times as large as its requests.").arg(w.subject, w.actual);
    default:
        return TrendTexts::tr("Requests of %1 are %2 times as large as the responses.").arg(w.subject, w.actual);
    }
}

QString fingerprintSentence(const trends::Anomaly& anomaly, const Words& w)
{
    switch (anomaly.type) {
    case trends::AnomalyType::FingerprintChange:
        return TrendTexts::tr("%1 user agents in one session of %2.").arg(w.changes, w.subject);
    case trends::AnomalyType::RotationPattern:
        return TrendTexts::tr("%1 showed %2 user agents within a minute.").arg(w.subject, w.changes);
    case trends::AnomalyType::Ja4RotationPattern:
        return TrendTexts::tr("%1 showed %2 TLS fingerprints within a minute.").arg(w.subject, w.changes);
    case trends::AnomalyType::Ja4IpCluster:
        return TrendTexts::tr("One TLS fingerprint came from %1 addresses within a minute.")
            .arg(anomaly.evidence.ipCount.value_or(0));
    case trends::AnomalyType::Ja4BrowserSpoofing:
        return TrendTexts::tr("%1 says it is %2, but its TLS looks like %3 (score %4).")
            .arg(w.subject, w.before, w.now, w.actual);
    case trends::AnomalyType::Ja4hChange:
        return TrendTexts::tr("%1 changed its TLS fingerprint from %2 to %3.").arg(w.subject, w.before, w.now);
    default:
        return sizeSentence(anomaly.type, w);
    }
}

} // namespace

QString titleText(trends::SignalType type)
{
    return title(titleOf(type));
}

QString titleText(trends::Category category)
{
    return title(titleOf(category));
}

QString titleText(trends::AnomalyType type)
{
    return title(titleOf(type));
}

QString titleText(trends::CorrelationType type)
{
    return title(titleOf(type));
}

QString sentenceText(const trends::Anomaly& anomaly, const StringPool& names)
{
    const trends::Evidence& e = anomaly.evidence;
    const Words w = wordsOf(anomaly, names);
    const double actual = e.actual.value_or(0.0);
    switch (anomaly.type) {
    case trends::AnomalyType::SessionSharing:
        return TrendTexts::tr("%1 was used by %2.").arg(w.token, w.subject);
    case trends::AnomalyType::VelocitySpike:
        return TrendTexts::tr("%1 times as many signals in a minute as before (threshold %2).")
            .arg(fixed(actual, 1), w.threshold);
    case trends::AnomalyType::ImpossibleTravel:
        return TrendTexts::tr("The same token came from %1 and from %2: %3.")
            .arg(w.before, w.now,
                 actual < 0.0 ? TrendTexts::tr("no time at all") : TrendTexts::tr("%1 km/h").arg(w.actual));
    case trends::AnomalyType::TokenReuse:
        return TrendTexts::tr("%1 was used with %2 user agents within %3 minutes.")
            .arg(w.token, w.changes, fixed(static_cast<double>(e.timeDeltaMs.value_or(0)) / kMsPerMinute, 1));
    case trends::AnomalyType::TimingAnomaly:
        return TrendTexts::tr("Requests of %1 are evenly spaced: variance %2, threshold %3.")
            .arg(w.subject, fixed(actual, 2), w.threshold);
    default:
        return fingerprintSentence(anomaly, w);
    }
}

QString scopeSentence(const trends::Suppression& rule)
{
    QString text = rule.type ? titleText(*rule.type) : TrendTexts::tr("Any anomaly");
    if (!rule.entity.empty())
        text = TrendTexts::tr("%1 of %2").arg(text, toQString(rule.entity));
    if (!rule.otherEntity.empty())
        text = TrendTexts::tr("%1 with %2").arg(text, toQString(rule.otherEntity));
    if (!rule.ja4.empty())
        text = TrendTexts::tr("%1 with %2").arg(text, toQString(rule.ja4));
    if (rule.fromMs || rule.toMs)
        text = TrendTexts::tr("%1 in the range of time").arg(text);
    return text;
}

} // namespace timbre::ui
