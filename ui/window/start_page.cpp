#include "ui/window/start_page.h"

#include "ui/capture/interface_list.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace timbre::ui {

namespace {

constexpr int kMaxShown = 6;
constexpr int kWidest = 620;
constexpr int kInterfacesShown = 5;

} // namespace

StartPage::StartPage(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_open(new QPushButton(tr("Open a capture…"), this))
    , m_capture(new QPushButton(tr("Capture…"), this))
    , m_sample(new QPushButton(tr("Try the sample"), this))
    , m_recentBox(new QWidget(this))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_open);
    auto* title = new QLabel(tr("What is in the capture?"), this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);
    auto* text = new QLabel(
        tr("Open a saved capture: every flow is listed while the file is still being read, and each flow leads to "
           "its packets and bytes. Files may also be dropped here."),
        this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    m_open->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::kMargin);
    buttons->addWidget(m_open);
    buttons->addWidget(m_capture);
    buttons->addWidget(m_sample);
    buttons->addStretch(1);
    auto* recentTitle = new QLabel(tr("Opened lately"), m_recentBox);
    recentTitle->setForegroundRole(QPalette::PlaceholderText);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(0);
    auto* recentLayout = new QVBoxLayout(m_recentBox);
    recentLayout->setContentsMargins(0, Theme::kMargin, 0, 0);
    recentLayout->addWidget(recentTitle);
    recentLayout->addLayout(m_recent);

    m_column = new QVBoxLayout;
    QVBoxLayout* column = m_column;
    column->setSpacing(Theme::kMargin + Theme::kGrid);
    column->addStretch(2);
    column->addWidget(title);
    column->addWidget(text);
    column->addLayout(buttons);
    column->addWidget(m_recentBox);
    column->addStretch(3);
    auto* layout = new QHBoxLayout(this);
    auto* box = new QWidget(this);
    box->setLayout(column);
    box->setMaximumWidth(kWidest);
    constexpr int kBeforeTheMargins = 100; // the column has its width first, the margins share the rest
    layout->addStretch(1);
    layout->addWidget(box, kBeforeTheMargins);
    layout->addStretch(1);

    connect(m_open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(m_capture, &QPushButton::clicked, this, &StartPage::captureRequested);
    connect(m_sample, &QPushButton::clicked, this, &StartPage::sampleRequested);
    connect(&theme, &Theme::changed, this, &StartPage::themeChanged);
    themeChanged();
    setRecent({});
}

void StartPage::themeChanged()
{
    m_open->setIcon(m_theme.icon(QStringLiteral("open")));
    m_capture->setIcon(m_theme.icon(QStringLiteral("capture")));
    m_sample->setIcon(m_theme.icon(QStringLiteral("sample")));
}

void StartPage::setInterfaces(InterfaceWatch& watch)
{
    auto* title = new QLabel(tr("Capture from"), this);
    title->setForegroundRole(QPalette::PlaceholderText);
    auto* list = new InterfaceList(watch, m_theme, InterfaceList::Choice::One, this);
    list->setFrameShape(QFrame::NoFrame);
    list->setFixedHeight(Theme::rowHeight(font()) * kInterfacesShown);
    list->setToolTip(tr("Double-click, or Enter, to capture from an interface"));
    connect(list, &QTreeWidget::itemActivated, this,
            [this](const QTreeWidgetItem* item) { emit interfaceRequested(item->text(0)); });
    const int place = m_column->indexOf(m_recentBox);
    m_column->insertWidget(place, list);
    m_column->insertWidget(place, title);
}

void StartPage::setRecent(const QStringList& paths)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString& path : paths.mid(0, kMaxShown)) {
        const QFileInfo file(path);
        QString name = file.fileName();
        name.replace(QLatin1Char('&'), QLatin1String("&&"));
        auto* button = new QPushButton(name, m_recentBox);
        button->setFlat(true);
        button->setToolTip(path);
        button->setStyleSheet(QStringLiteral("text-align: left; padding: 3px;"));
        connect(button, &QPushButton::clicked, this, [this, path] { emit fileRequested(path); });
        m_recent->addWidget(button);
    }
    m_recentBox->setVisible(!paths.isEmpty());
}

QString sampleCapturePath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    const QString path = QDir(folder).filePath(QStringLiteral("office.pcapng"));
    QFile bundled(QStringLiteral(":/samples/office.pcapng"));
    if (QFileInfo(path).size() == bundled.size() && bundled.size() > 0)
        return path;
    if (!bundled.exists() || !QDir().mkpath(folder))
        return {};
    QFile::remove(path);
    if (!bundled.copy(path))
        return {};
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

} // namespace timbre::ui
