#include "ui/capture/capture_dialog.h"

#include "engine/capture/capture_helper.h"
#include "ui/capture/bpf_edit.h"
#include "ui/capture/interface_list.h"
#include "ui/models/format.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QGroupBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

namespace timbre::ui {

namespace {

constexpr std::uint64_t kMiB = 1U << 20U;
constexpr int kWidth = 720;
constexpr int kDefaultRingFiles = 32;
constexpr int kDefaultRingMiB = 128;

QString settingsKey(const char* name)
{
    return QStringLiteral("capture/") + QLatin1String(name);
}

QSpinBox* makeSpin(int least, int most, int value, const QString& suffix, const QString& none)
{
    auto* spin = new QSpinBox;
    spin->setRange(least, most);
    spin->setValue(value);
    spin->setSuffix(suffix);
    spin->setSpecialValueText(none);
    spin->setGroupSeparatorShown(true);
    return spin;
}

} // namespace

CaptureDialog::CaptureDialog(InterfaceWatch& watch, Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_pages(new QTabWidget(this))
    , m_missing(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Capture"));
    resize(kWidth, 0);
    m_pages->addTab(makeInterfacesPage(watch), tr("&Interfaces"));
    m_pages->addTab(makeReplayPage(), tr("&Replay a file"));
    m_missing->setForegroundRole(QPalette::PlaceholderText);
    QPushButton* start = m_buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    start->setDefault(true);
    start->setObjectName(QStringLiteral("startCapture"));
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_missing, 1);
    bottom->addWidget(m_buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeLimits());
    layout->addLayout(bottom);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &CaptureDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &CaptureDialog::reject);
    connect(m_pages, &QTabWidget::currentChanged, this, &CaptureDialog::update);
    restore();
    update();
}

QWidget* CaptureDialog::makeInterfacesPage(InterfaceWatch& watch)
{
    auto* page = new QWidget;
    m_interfaces = new InterfaceList(watch, m_theme, InterfaceList::Choice::Several, page);
    m_interfaces->setMinimumHeight(Theme::rowHeight(font()) * 7);
    m_filter = new BpfEdit(m_theme, page);
    m_promiscuous = new QCheckBox(tr("&Promiscuous: also packets for other machines"), page);
    m_monitor = new QCheckBox(tr("&Monitor mode, where a wireless interface has it"), page);
    m_snapLength = makeSpin(64, 262'144, 262'144, tr(" B"), {});
    m_bufferMiB = makeSpin(1, 1024, 32, tr(" MiB"), {});
    m_bufferMiB->setToolTip(tr("What the kernel holds while the helper is busy, per interface. More keeps bursts."));
    auto* tuning = new QHBoxLayout;
    tuning->addWidget(m_promiscuous);
    tuning->addWidget(m_monitor);
    tuning->addStretch(1);
    auto* sizes = new QHBoxLayout;
    auto* snapLabel = new QLabel(tr("&Keep of each packet"), page);
    snapLabel->setBuddy(m_snapLength);
    auto* bufferLabel = new QLabel(tr("Kernel &buffer"), page);
    bufferLabel->setBuddy(m_bufferMiB);
    sizes->addWidget(snapLabel);
    sizes->addWidget(m_snapLength);
    sizes->addSpacing(Theme::kMargin * 2);
    sizes->addWidget(bufferLabel);
    sizes->addWidget(m_bufferMiB);
    sizes->addStretch(1);
    auto* filterLabel = new QLabel(tr("Capture &filter, in tcpdump's language"), page);
    filterLabel->setBuddy(&m_filter->edit());
    auto* layout = new QVBoxLayout(page);
    layout->setSpacing(Theme::kMargin);
    if (QFrame* note = makeRightsNote())
        layout->addWidget(note);
    layout->addWidget(m_interfaces, 1);
    layout->addWidget(filterLabel);
    layout->addWidget(m_filter);
    layout->addLayout(tuning);
    layout->addLayout(sizes);
    connect(m_interfaces, &InterfaceList::choiceChanged, this, &CaptureDialog::update);
    connect(m_interfaces, &QTreeWidget::itemDoubleClicked, this, &CaptureDialog::accept);
    connect(m_filter, &BpfEdit::checked, this, &CaptureDialog::update);
    return page;
}

QFrame* CaptureDialog::makeRightsNote()
{
    const std::filesystem::path helper = capture::helperPath();
    if (capture::helperMayCapture(helper))
        return nullptr;
    auto* note = new QFrame;
    note->setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(note);
    std::error_code ignored;
    if (!std::filesystem::exists(helper, ignored)) {
        auto* missing = new QLabel(tr("The small helper program that captures is missing: there is no %1. Files can be "
                                      "opened and replayed without.")
                                       .arg(toQString(helper.string())),
                                   note);
        missing->setWordWrap(true);
        layout->addWidget(missing);
        return note;
    }
    auto* text =
        new QLabel(tr("Capturing is not permitted yet. This command, typed in a terminal, lets the small helper "
                      "program capture and nothing else; Timbre itself needs no rights. Files can be opened and "
                      "replayed without."),
                   note);
    text->setWordWrap(true);
    const QString command = toQString(capture::grantCommand(helper));
    auto* line = new QLineEdit(command, note);
    line->setReadOnly(true);
    line->setFont(m_theme.fixedFont());
    line->setObjectName(QStringLiteral("grantCommand"));
    auto* copy = new QPushButton(m_theme.icon(QStringLiteral("copy")), tr("Copy"), note);
    connect(copy, &QPushButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    auto* row = new QHBoxLayout;
    row->addWidget(line, 1);
    row->addWidget(copy);
    layout->addWidget(text);
    layout->addLayout(row);
    return note;
}

QWidget* CaptureDialog::makeReplayPage()
{
    auto* page = new QWidget;
    m_file = new QLineEdit(page);
    auto* choose = new QPushButton(tr("Choose…"), page);
    m_speed = new QDoubleSpinBox(page);
    m_speed->setRange(0.0, 1000.0);
    m_speed->setValue(1.0);
    m_speed->setDecimals(1);
    m_speed->setSuffix(tr(" times as fast"));
    m_speed->setSpecialValueText(tr("as fast as it goes"));
    auto* text =
        new QLabel(tr("A saved capture is played back as if it came from an interface now. No rights are needed, "
                      "and its times stay what they are."),
                   page);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto* fileRow = new QHBoxLayout;
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(choose);
    auto* form = new QFormLayout;
    auto* fileLabel = new QLabel(tr("&File"), page);
    fileLabel->setBuddy(m_file); // a row of two finds none by itself
    form->addRow(fileLabel, fileRow);
    form->addRow(tr("S&peed"), m_speed);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(text);
    layout->addLayout(form);
    layout->addStretch(1);
    connect(choose, &QPushButton::clicked, this, &CaptureDialog::chooseFile);
    connect(m_file, &QLineEdit::textChanged, this, &CaptureDialog::update);
    return page;
}

QWidget* CaptureDialog::makeLimits()
{
    auto* box = new QWidget(this);
    m_minutes = makeSpin(0, 100'000, 0, tr(" min"), tr("no limit"));
    m_packets = makeSpin(0, 2'000'000'000, 0, {}, tr("no limit"));
    m_megabytes = makeSpin(0, 100'000'000, 0, tr(" MB"), tr("no limit"));
    m_ringFiles = makeSpin(1, 100'000, kDefaultRingFiles, {}, tr("one that grows"));
    m_ringMiB = makeSpin(1, 1 << 20, kDefaultRingMiB, tr(" MiB"), {});
    m_ringText = new QLabel(box);
    m_ringText->setForegroundRole(QPalette::PlaceholderText);
    auto* stopAfter = new QHBoxLayout;
    for (const auto& [text, spin] : {std::pair(tr("&Time"), m_minutes), std::pair(tr("P&ackets"), m_packets),
                                     std::pair(tr("&Bytes"), m_megabytes)}) {
        auto* label = new QLabel(text, box);
        label->setBuddy(spin);
        stopAfter->addWidget(label);
        stopAfter->addWidget(spin);
    }
    stopAfter->addStretch(1);
    auto* ring = new QHBoxLayout;
    ring->addWidget(m_ringFiles);
    ring->addWidget(new QLabel(tr("files of"), box));
    ring->addWidget(m_ringMiB);
    ring->addWidget(m_ringText, 1);
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Stop after"), stopAfter);
    form->addRow(tr("Keep"), ring);
    connect(m_ringFiles, &QSpinBox::valueChanged, this, &CaptureDialog::update);
    connect(m_ringMiB, &QSpinBox::valueChanged, this, &CaptureDialog::update);
    return box;
}

void CaptureDialog::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Replay a capture"), m_file->text(),
                                                      tr("Captures (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;"
                                                         "All files (*)"));
    if (!path.isEmpty())
        m_file->setText(path);
}

void CaptureDialog::chooseReplay(const QString& file)
{
    m_pages->setCurrentIndex(1);
    if (!file.isEmpty())
        m_file->setText(file);
}

void CaptureDialog::chooseInterface(const QString& name)
{
    m_pages->setCurrentIndex(0);
    m_interfaces->choose({name});
}

void CaptureDialog::update()
{
    const bool replay = m_pages->currentIndex() == 1;
    const bool ring = m_ringFiles->value() > 1;
    m_ringMiB->setEnabled(ring && !replay);
    m_ringFiles->setEnabled(!replay);
    m_ringText->setText(replay ? tr("a replay is kept whole")
                        : ring ? tr("at most %1, then the oldest file makes room")
                                     .arg(formatBytes(static_cast<std::uint64_t>(m_ringFiles->value()) *
                                                      static_cast<std::uint64_t>(m_ringMiB->value()) * kMiB))
                               : tr("as large as the disk lets it"));
    QString missing;
    if (replay && !QFileInfo(m_file->text()).isFile())
        missing = tr("Choose a file to replay.");
    else if (!replay && m_interfaces->chosen().isEmpty())
        missing = tr("Choose an interface.");
    else if (!replay && !m_filter->usable())
        missing = tr("The capture filter cannot be used as it is.");
    m_missing->setText(missing);
    m_buttons->findChild<QPushButton*>(QStringLiteral("startCapture"))->setEnabled(missing.isEmpty());
}

pipeline::LiveRequest CaptureDialog::request() const
{
    pipeline::LiveRequest request;
    capture::LiveOptions& options = request.options;
    const bool replay = m_pages->currentIndex() == 1;
    if (replay) {
        options.replay = QFile::encodeName(m_file->text()).toStdString();
        options.replaySpeed = m_speed->value();
    } else {
        for (const QString& name : m_interfaces->chosen())
            options.interfaces.push_back(name.toStdString());
        options.filter = m_filter->filter().toStdString();
    }
    options.promiscuous = m_promiscuous->isChecked();
    options.monitor = m_monitor->isChecked();
    options.snapLength = static_cast<std::uint32_t>(m_snapLength->value());
    options.bufferBytes = static_cast<std::uint64_t>(m_bufferMiB->value()) * kMiB;
    if (m_ringFiles->value() > 1 && !replay) {
        options.ringFiles = static_cast<std::uint64_t>(m_ringFiles->value());
        options.ringFileBytes = static_cast<std::uint64_t>(m_ringMiB->value()) * kMiB;
    }
    options.maxSeconds = static_cast<std::uint64_t>(m_minutes->value()) * 60;
    options.maxPackets = static_cast<std::uint64_t>(m_packets->value());
    options.maxBytes = static_cast<std::uint64_t>(m_megabytes->value()) * 1'000'000;
    return request;
}

void CaptureDialog::restore()
{
    const QSettings settings;
    m_interfaces->choose(settings.value(settingsKey("interfaces")).toStringList());
    m_filter->setFilter(settings.value(settingsKey("filter")).toString());
    m_promiscuous->setChecked(settings.value(settingsKey("promiscuous"), true).toBool());
    m_monitor->setChecked(settings.value(settingsKey("monitor"), false).toBool());
    m_snapLength->setValue(settings.value(settingsKey("snapLength"), m_snapLength->value()).toInt());
    m_bufferMiB->setValue(settings.value(settingsKey("bufferMiB"), m_bufferMiB->value()).toInt());
    m_ringFiles->setValue(settings.value(settingsKey("ringFiles"), m_ringFiles->value()).toInt());
    m_ringMiB->setValue(settings.value(settingsKey("ringMiB"), m_ringMiB->value()).toInt());
    m_file->setText(settings.value(settingsKey("replay")).toString());
}

void CaptureDialog::keep() const
{
    QSettings settings;
    settings.setValue(settingsKey("interfaces"), m_interfaces->chosen());
    settings.setValue(settingsKey("filter"), m_filter->filter());
    settings.setValue(settingsKey("promiscuous"), m_promiscuous->isChecked());
    settings.setValue(settingsKey("monitor"), m_monitor->isChecked());
    settings.setValue(settingsKey("snapLength"), m_snapLength->value());
    settings.setValue(settingsKey("bufferMiB"), m_bufferMiB->value());
    settings.setValue(settingsKey("ringFiles"), m_ringFiles->value());
    settings.setValue(settingsKey("ringMiB"), m_ringMiB->value());
    settings.setValue(settingsKey("replay"), m_file->text());
}

void CaptureDialog::accept()
{
    if (!m_buttons->findChild<QPushButton*>(QStringLiteral("startCapture"))->isEnabled())
        return;
    m_filter->remember();
    keep();
    QDialog::accept();
}

} // namespace timbre::ui
