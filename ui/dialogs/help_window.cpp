#include "ui/dialogs/help_window.h"

#include "engine/base/new_file.h"
#include "engine/query/fields.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QDesktopServices>
#include <QtGui/QTextBlock>
#include <QtGui/QTextDocument>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTextBrowser>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr QSize kSize{960, 680};
constexpr int kPagesWidth = 200;
constexpr int kPageRole = Qt::UserRole;

QString utf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString fieldTable()
{
    QString text = QStringLiteral("| field | type | meaning | example |\n| --- | --- | --- | --- |\n");
    for (const query::FieldInfo& field : query::allFields()) {
        QString names = QLatin1Char('`') + utf8(field.name) + QLatin1Char('`');
        for (const std::string_view alias : query::aliasesOf(field.id))
            names += QStringLiteral(" `%1`").arg(utf8(alias));
        text += QStringLiteral("| %1 | %2 | %3 | `%4` |\n")
                    .arg(names, utf8(query::typeName(field.type)), utf8(field.description),
                         utf8(field.example).replace(QLatin1Char('|'), QLatin1String("\\|")));
    }
    return text;
}

QString titleOf(const QString& markdown)
{
    return markdown.section(QLatin1Char('\n'), 0, 0).remove(QLatin1Char('#')).trimmed();
}

/// As a link names a section: "The docks" is the-docks.
QString anchorOf(const QString& heading)
{
    return heading.toLower().simplified().replace(QLatin1Char(' '), QLatin1Char('-'));
}

/// Pages are read for years: Qt's own headings are too large for a help window.
void setMarkdown(QTextDocument& document, const QString& markdown)
{
    document.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0)
            continue;
        QTextCursor cursor(block);
        QTextCharFormat anchored;
        anchored.setAnchor(true);
        anchored.setAnchorNames({anchorOf(block.text())});
        cursor.select(QTextCursor::BlockUnderCursor);
        cursor.mergeCharFormat(anchored);
    }
}

} // namespace

QStringList manualPages()
{
    QStringList pages{QStringLiteral("first-steps"), QStringLiteral("docks"), QStringLiteral("filter")};
    QStringList rest = QDir(QStringLiteral(":/manual")).entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name);
    const QString last = QStringLiteral("architecture");
    for (const QString& file : rest) {
        const QString page = file.chopped(3);
        if (!pages.contains(page) && page != last)
            pages << page;
    }
    return pages << last;
}

QString manualPage(const QString& page)
{
    QFile file(QStringLiteral(":/manual/%1.md").arg(page));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    if (page == QStringLiteral("filter"))
        text.replace(QStringLiteral("\nFIELDS\n"), QLatin1Char('\n') + fieldTable());
    return text;
}

QString manualPageOfDock(const QString& dockId)
{
    for (const auto& [page, docks] :
         {std::pair{QStringLiteral("recording"), QStringLiteral("recorder")},
          std::pair{QStringLiteral("masks"), QStringLiteral("masks")},
          std::pair{QStringLiteral("resonance"), QStringLiteral("resonance")},
          std::pair{QStringLiteral("audio"), QStringLiteral("audio")},
          std::pair{QStringLiteral("trends"), QStringLiteral("trends anomalies entities")}}) {
        if (docks.split(QLatin1Char(' ')).contains(dockId) && !manualPage(page).isEmpty())
            return page;
    }
    return QStringLiteral("docks#") + dockId;
}

Result<void> writeManual(const QString& target)
{
    auto file = NewFile::create(QFile::encodeName(target).toStdString(), true);
    if (!file)
        return file.error();
    QString markdown;
    for (const QString& page : manualPages())
        markdown += manualPage(page) + QStringLiteral("\n\n");
    QTextDocument document;
    setMarkdown(document, markdown);
    const QByteArray html = document.toHtml().toUtf8();
    if (auto written = file->write(asBytes({html.constData(), static_cast<std::size_t>(html.size())})); !written)
        return written;
    return file->finish();
}

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , m_pages(new QListWidget(this))
    , m_browser(new QTextBrowser(this))
    , m_search(new QLineEdit(this))
    , m_status(new QLabel(this))
{
    setWindowTitle(tr("Manual"));
    m_pages->setAccessibleName(tr("Pages"));
    m_pages->setFrameShape(QFrame::NoFrame);
    m_browser->setAccessibleName(tr("Page"));
    m_browser->setFrameShape(QFrame::NoFrame);
    m_browser->setOpenLinks(false);
    m_browser->document()->setDocumentMargin(4 * Theme::kGrid);
    m_search->setPlaceholderText(tr("Find in the manual"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    for (const QString& page : manualPages()) {
        auto* item = new QListWidgetItem(titleOf(manualPage(page)), m_pages);
        item->setData(kPageRole, page);
    }
    auto* exporting = new QPushButton(tr("Export as HTML…"), this);
    auto* top = new QHBoxLayout;
    top->addWidget(m_search, 1);
    top->addWidget(m_status);
    top->addWidget(exporting);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(m_pages);
    splitter->addWidget(m_browser);
    splitter->setSizes({kPagesWidth, kSize.width() - kPagesWidth});
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(splitter, 1);
    resize(kSize);

    auto* find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    addAction(find);
    connect(find, &QAction::triggered, m_search, qOverload<>(&QWidget::setFocus));
    connect(m_pages, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item != nullptr)
            setMarkdown(*m_browser->document(), manualPage(item->data(kPageRole).toString()));
        m_browser->moveCursor(QTextCursor::Start);
    });
    connect(m_browser, &QTextBrowser::anchorClicked, this, &HelpWindow::openLink);
    connect(m_search, &QLineEdit::returnPressed, this, &HelpWindow::findNext);
    connect(exporting, &QPushButton::clicked, this, &HelpWindow::exportManual);
    exporting->setAutoDefault(false);
    m_pages->setCurrentRow(0);
}

void HelpWindow::showPage(const QString& pageAndSection)
{
    const QString page = pageAndSection.section(QLatin1Char('#'), 0, 0);
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->item(row)->data(kPageRole).toString() == page)
            m_pages->setCurrentRow(row);
    }
    if (const QString section = pageAndSection.section(QLatin1Char('#'), 1); !section.isEmpty())
        m_browser->scrollToAnchor(section);
}

void HelpWindow::openLink(const QUrl& url)
{
    const QString path = url.path();
    if (url.isRelative() && (path.endsWith(QLatin1String(".md")) || path.isEmpty())) {
        const QString page = path.isEmpty() ? m_pages->currentItem()->data(kPageRole).toString() : path.chopped(3);
        showPage(url.hasFragment() ? page + QLatin1Char('#') + url.fragment() : page);
    } else if (url.scheme().startsWith(QLatin1String("http"))) {
        QDesktopServices::openUrl(url);
    }
}

/// From the cursor to the end of the page, then in the pages behind it, around to where it began.
void HelpWindow::findNext()
{
    const QString text = m_search->text();
    m_status->clear();
    if (text.isEmpty() || m_browser->find(text))
        return;
    const int start = m_pages->currentRow();
    for (int step = 1; step <= m_pages->count(); ++step) {
        m_pages->setCurrentRow((start + step) % m_pages->count());
        if (m_browser->find(text))
            return;
    }
    m_status->setText(tr("Not in the manual"));
}

void HelpWindow::exportManual()
{
    const QString target = QFileDialog::getSaveFileName(this, tr("Export the manual"), QStringLiteral("timbre.html"),
                                                        tr("Web page (*.html)"));
    if (target.isEmpty())
        return;
    const auto written = writeManual(target);
    m_status->setText(written ? tr("Written") : toQString(written.error().message));
}

} // namespace timbre::ui
