#include "ui/models/reason_texts.h"

#include <QtCore/QCoreApplication>

namespace timbre::ui {

namespace {

class MissingTexts {
    Q_DECLARE_TR_FUNCTIONS(timbre::ui::MissingTexts)
};

constexpr const char* kTexts[] = {
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "sizes fit the codec"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Packets have the sizes that this codec makes."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The codec cannot make packets of many of these sizes."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "large packets"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Packets are larger than those of any voice codec."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "size limit"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Many packets have exactly the largest size, as if more was waiting."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "packet rate"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "More packets come in a second than a voice needs."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "per second"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "bytes per sample"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Packets hold more than the timestamps say: these are no samples of this codec."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "kbit/s"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "bit rate"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "More is carried than the codec needs for a voice."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Too little is carried for a tunnel to be of use."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The bit rate is that of a voice."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "size follows size"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Neighbouring packets are of like size, as sounds change slowly."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "A packet's size says nothing about the next one's, as it would for a sound."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "filled pauses"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Pauses are filled with packets of one size, too large to describe silence."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "bytes"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "payload bytes"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Bytes are spread as samples of sound are."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Bytes look random; encryption was agreed."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Bytes look random: this is not plain sound, and nothing says that it is encrypted."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "first payload byte"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The first byte keeps still, as a codec's table of contents does."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "bits"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "The codec begins each packet with a table of contents, but the bytes look random."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "one size, no pause"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "All packets have one size and never pause, as padding makes them."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "timestamps keep pace"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Timestamps advance as the packets arrive."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Timestamps and arrivals do not advance together: packets come as data, not as time."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "clock rate"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The timestamps run at a rate that no clock has."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "% off"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "timestamp steps"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Timestamps step by whole frames."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Timestamps do not step by frames of one length."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "frame length"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "No voice codec has packets of this length."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "ms"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "talk spurts"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "There are talk spurts and pauses of the length that speech has."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "s"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Sizes jump from packet to packet; there are no spurts and pauses of speech."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "There are no pauses; a continuous sound, or no sound at all."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "comfort noise"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Silence is described as voice codecs do."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "packets"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "marked spurts"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The first packet after a pause is marked, as RFC 3551 asks."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "spurts"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "dialogue"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "One side is silent while the other speaks."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Both sides are busy at the same moments, as request and answer are."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "The two sides speak without regard to each other."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "other direction"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "What comes back on the same path is no voice."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "What comes back on the same path is a voice beyond doubt."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "reports"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Reception is reported, as calls do."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Nobody reports on reception."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "call set-up"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "A call that was seen being set up announced the stream."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "STUN or DTLS set the path up, as calls do."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "sources"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "New sources appear on this path all the time."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "per minute"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "sequence"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Sequence numbers repeat or start anew again and again."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "gap variation"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Standard deviation of the last 200 gaps by their mean."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "silent packets"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Share of packets of 16 bytes or fewer, over the whole life."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Of the running 30 s, by the nominal rate of the codec."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "quality variation"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason",
                      "Standard deviation of the intervals between quality reports by their mean."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "quality reports"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "Fewer than four quality reports came, or all at once."),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "size mix"),
    QT_TRANSLATE_NOOP("timbre::audio::Reason", "1: half of the last 200 packets are silent; 0: all or none."),
};

} // namespace

QString reasonText(std::string_view text)
{
    return QCoreApplication::translate("timbre::audio::Reason", std::string(text).c_str());
}

QString missingText(const audio::StreamReport& stream)
{
    const QString seconds = QString::number(stream.seconds(), 'f', 1);
    switch (stream.calibrated.missing) {
    case audio::Missing::Packets:
        return MissingTexts::tr("%1 of %2 packets").arg(stream.packets).arg(audio::kMinJudgedPackets);
    case audio::Missing::Time:
        return MissingTexts::tr("%1 of %2 s").arg(seconds, QString::number(audio::kMinJudgedSeconds, 'f', 1));
    case audio::Missing::Clarity:
        return MissingTexts::tr("unclear after %1 packets and %2 s").arg(QString::number(stream.packets), seconds);
    case audio::Missing::Judge:
        return MissingTexts::tr("video is not judged");
    case audio::Missing::Nothing:
        break;
    }
    return {};
}

std::span<const char* const> reasonTexts()
{
    return kTexts;
}

} // namespace timbre::ui
