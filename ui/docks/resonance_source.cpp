#include "ui/docks/resonance_source.h"

#include "engine/pipeline/recording_desk.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

using resonance::SubjectKind;

ResonanceSource::ResonanceSource(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_choice(new QComboBox(this))
    , m_again(new QToolButton(this))
    , m_progress(new QLabel(this))
    , m_requests([this](const pipeline::ResonanceAnswer& answer) {
        QMetaObject::invokeMethod(
            this, [this, answer] { answered(answer); }, Qt::QueuedConnection);
    })
{
    m_choice->setAccessibleName(tr("What is checked"));
    m_choice->setToolTip(tr("What is checked against the masks"));
    m_choice->addItem(tr("Flows"));
    m_choice->addItem(tr("Host pairs"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_again->setText(tr("Check again"));
    m_again->setToolTip(tr("Read the capture once more, up to what is there now"));
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_choice);
    layout->addWidget(m_again);
    layout->addWidget(m_progress, 1);
    connect(m_choice, &QComboBox::activated, this, &ResonanceSource::chosen);
    connect(m_again, &QToolButton::clicked, this, &ResonanceSource::askForPairs);
    update();
}

void ResonanceSource::setCapture(CaptureId id, SnapshotPtr capture)
{
    m_snapshot = std::move(capture);
    if (id == m_capture)
        return;
    m_capture = id;
    m_pairs = nullptr;
    if (m_kind != SubjectKind::HostPair)
        return;
    m_requests.cancel();
    m_request = 0;
    m_failure.reset();
    askForPairs();
}

void ResonanceSource::show(std::shared_ptr<const recording::Recording> recording)
{
    constexpr int kRecordingItem = 2;
    if (m_choice->count() <= kRecordingItem)
        m_choice->addItem(QString());
    m_choice->setItemText(kRecordingItem, tr("Recording “%1”").arg(toQString(recording->facts.service)));
    m_recording = std::move(recording);
    m_recorded = nullptr;
    choose(SubjectKind::Recording);
}

void ResonanceSource::chosen(int position)
{
    constexpr std::array kKinds = {SubjectKind::Flow, SubjectKind::HostPair, SubjectKind::Recording};
    choose(kKinds.at(static_cast<std::size_t>(position)));
}

void ResonanceSource::choose(SubjectKind kind)
{
    m_kind = kind;
    m_choice->setCurrentIndex(static_cast<int>(kind));
    m_failure.reset();
    if (kind == SubjectKind::HostPair && !m_pairs && !(m_request != 0 && m_asked == kind)) {
        askForPairs();
    } else if (kind == SubjectKind::Recording && !m_recorded && m_recording) {
        m_asked = kind;
        m_fraction = 0.0;
        m_request = m_requests.start(pipeline::RecordingCheckRequest{m_recording, masks(), {}});
    }
    update();
    emit changed();
}

void ResonanceSource::askForPairs()
{
    if (!m_snapshot)
        return;
    m_asked = SubjectKind::HostPair;
    m_fraction = 0.0;
    m_failure.reset();
    pipeline::HostPairRequest request;
    request.path = m_snapshot->path;
    request.masks = masks();
    m_request = m_requests.start(std::move(request));
    update();
    emit changed();
}

void ResonanceSource::answered(const pipeline::ResonanceAnswer& answer)
{
    if (answer.request != m_request)
        return;
    m_fraction = answer.fraction;
    if (answer.checks || answer.failure) {
        m_request = 0;
        m_failure = answer.failure;
        (m_asked == SubjectKind::Recording ? m_recorded : m_pairs) = answer.checks;
        update();
        emit changed();
        return;
    }
    update();
}

void ResonanceSource::update()
{
    const bool busy = m_request != 0 && m_asked == m_kind;
    m_again->setVisible(m_kind == SubjectKind::HostPair);
    m_again->setEnabled(!busy && m_snapshot);
    m_progress->setText(busy ? tr("Reading the packets: %1 %").arg(qRound(100 * m_fraction)) : QString());
}

/// Those of the capture's own checks and those of the library, the first of each id.
pipeline::MaskSource ResonanceSource::masks() const
{
    resonance::MaskModels models =
        m_snapshot && m_snapshot->resonance ? m_snapshot->resonance->masks : resonance::MaskModels();
    std::shared_ptr<const std::vector<pipeline::DeskMask>> library;
    if (const pipeline::RecordingDesk* desk = m_bridge.recordings())
        library = desk->snapshot()->masks;
    return [models = std::move(models), library = std::move(library)] {
        resonance::MaskModels masks = models;
        std::erase(masks, nullptr);
        const auto known = [&](const std::string& id) {
            return std::any_of(masks.begin(), masks.end(), [&](const auto& each) { return each->id == id; });
        };
        for (const pipeline::DeskMask& each : library ? *library : std::vector<pipeline::DeskMask>()) {
            if (!each.loaded || known(each.loaded->mask.id))
                continue;
            if (auto model = resonance::MaskModel::make(each.loaded->mask))
                masks.push_back(*std::move(model));
        }
        return masks;
    };
}

const std::shared_ptr<const resonance::SubjectChecks>& ResonanceSource::checks() const
{
    return m_kind == SubjectKind::Recording ? m_recorded : m_pairs;
}

ResonanceSource::Results ResonanceSource::results() const
{
    if (m_kind == SubjectKind::Flow)
        return m_snapshot ? m_snapshot->resonance : nullptr;
    return checks() ? checks()->results : nullptr;
}

const resonance::Subject* ResonanceSource::subject(std::uint32_t number) const
{
    const bool known = m_kind != SubjectKind::Flow && checks() && number < checks()->subjects.size();
    return known ? &checks()->subjects[number] : nullptr;
}

QString ResonanceSource::nameOf(std::uint32_t number) const
{
    if (m_kind == SubjectKind::Flow)
        return tr("Flow %1").arg(number);
    const resonance::Subject* known = subject(number);
    return known ? toQString(known->name) : QString();
}

QString ResonanceSource::kindTitle() const
{
    switch (m_kind) {
    case SubjectKind::HostPair:
        return tr("Host pair");
    case SubjectKind::Recording:
        return tr("Recording");
    default:
        return tr("Flow");
    }
}

QString ResonanceSource::count(std::size_t subjects) const
{
    switch (m_kind) {
    case SubjectKind::HostPair:
        return formatCounted(subjects, tr("1 host pair"), tr("%1 host pairs"));
    case SubjectKind::Recording:
        return tr("a recording");
    default:
        return formatCounted(subjects, tr("1 flow"), tr("%1 flows"));
    }
}

QString ResonanceSource::leftOut() const
{
    if (m_kind == SubjectKind::Flow || !checks())
        return {};
    if (checks()->subjectsRefused > 0)
        return tr("The flows of more hosts, %1 of them, are past the limit of %2 pairs and were left out.")
            .arg(formatCount(checks()->subjectsRefused), formatCount(resonance::kMaxHostPairs));
    if (checks()->packetsLeftOut > 0)
        return tr("The recording counted %1 more packets than it kept.").arg(formatCount(checks()->packetsLeftOut));
    return {};
}

QString ResonanceSource::emptyText() const
{
    if (m_request != 0 && m_asked == m_kind)
        return m_kind == SubjectKind::Recording ? tr("The recording is being checked.")
                                                : tr("The capture is being read once more, by pairs of hosts.");
    if (m_failure)
        return toQString(m_failure->message);
    if (m_kind == SubjectKind::Recording)
        return tr("The recording has fewer than the %1 packets a check needs.").arg(resonance::kFewestPackets);
    if (!m_snapshot)
        return tr("Open a capture to check its flows against masks.");
    if (m_kind == SubjectKind::HostPair)
        return tr("No two hosts of this capture exchanged the %1 packets a check needs.")
            .arg(resonance::kFewestPackets);
    if (!m_snapshot->resonance)
        return tr("No mask was active when this capture was analysed. Add masks, then choose Analyse again.");
    return tr("No flow of this capture has the %1 packets a check needs.").arg(resonance::kFewestPackets);
}

} // namespace timbre::ui
