#include "ui/report/report_html.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

// Ink on paper; figures in tables line up.
constexpr const char* kStyle = R"css(
body { font-family: sans-serif; font-size: 14px; color: #1B1F24; background: #FFFFFF; margin: 32px; max-width: 1100px; }
h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 32px; border-bottom: 1px solid #D9DDE3; }
h3 { font-size: 15px; margin-bottom: 4px; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 3px 12px 3px 0; vertical-align: top; }
th { color: #5B6572; font-weight: normal; border-bottom: 1px solid #D9DDE3; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
p.muted { color: #5B6572; }
pre, code { font-family: monospace; font-size: 12px; background: #F5F6F8; padding: 4px 6px; white-space: pre-wrap; }
img { max-width: 100%; border: 1px solid #D9DDE3; }
div.note { margin: 12px 0; padding-left: 12px; border-left: 3px solid #0B65A8; white-space: pre-wrap; }
)css";

class Page {
public:
    explicit Page(ReportMedium medium)
        : m_medium(medium)
    {
    }

    void element(const char* tag, const QString& text, const char* style = nullptr)
    {
        open(tag, style);
        m_out += text.toHtmlEscaped();
        close(tag);
    }
    void open(const char* tag, const char* style = nullptr)
    {
        m_out += QLatin1Char('<') + QLatin1String(tag);
        if (style != nullptr)
            m_out += QStringLiteral(" class=\"%1\"").arg(QLatin1String(style));
        m_out += QLatin1Char('>');
    }
    void close(const char* tag) { m_out += QStringLiteral("</%1>\n").arg(QLatin1String(tag)); }
    void raw(const QString& markup) { m_out += markup; }

    void picture(const ReportPicture& picture, std::size_t number)
    {
        QString source = QStringLiteral("picture:%1").arg(number);
        if (m_medium == ReportMedium::Browser) {
            QByteArray png;
            QBuffer buffer(&png);
            buffer.open(QIODevice::WriteOnly);
            picture.image.save(&buffer, "PNG");
            source = QStringLiteral("data:image/png;base64,") + QString::fromLatin1(png.toBase64());
        }
        const double ratio = picture.image.devicePixelRatio();
        const int width = static_cast<int>(picture.image.width() / ratio);
        const int onPaper = std::min(width, kPaperWidth);
        m_out += QStringLiteral("<p><img src=\"%1\" alt=\"%2\" width=\"%3\"></p>\n")
                     .arg(source, picture.title.toHtmlEscaped())
                     .arg(m_medium == ReportMedium::Paper ? onPaper : width);
    }
    void command(const QString& command)
    {
        if (command.isEmpty())
            return;
        element("p", tr("The same flows from the command line:"), "muted");
        element("pre", command);
    }

    [[nodiscard]] const QString& text() const { return m_out; }

private:
    static constexpr int kPaperWidth = 640; // what fits a page of A4 at 96 dpi

    ReportMedium m_medium;
    QString m_out;
};

void putHead(Page& page, const ReportContent& content, ReportMedium medium)
{
    page.raw(QStringLiteral("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"));
    if (medium == ReportMedium::Browser)
        page.raw(QStringLiteral("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                "img-src data:; style-src 'unsafe-inline'\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width\">\n"));
    page.element("title", content.title);
    page.raw(QStringLiteral("<style>%1</style>\n</head>\n<body>\n").arg(QLatin1String(kStyle)));
    page.element("h1", content.title);
    page.element("p", content.made, "muted");
}

void putFacts(Page& page, const ReportContent& content)
{
    page.element("h2", tr("The capture"));
    page.open("table");
    for (const ReportFact& fact : content.facts) {
        page.open("tr");
        page.element("th", fact.name);
        page.element("td", fact.value);
        page.close("tr");
    }
    page.close("table");
    for (const QString& remark : content.remarks)
        page.element("p", remark, "muted");
}

void putNotes(Page& page, const ReportContent& content)
{
    if (!content.withNotes)
        return;
    page.element("h2", tr("Notes"));
    if (content.notes.empty())
        page.element("p", tr("No notes were written."), "muted");
    for (const ReportNote& note : content.notes) {
        page.element("h3", note.bookmark ? tr("%1 (bookmark)").arg(note.about) : note.about);
        if (!note.text.isEmpty())
            page.element("div", note.text, "note");
        if (!note.tags.isEmpty())
            page.element("p", tr("Tags: %1").arg(note.tags));
        page.element("p", note.written, "muted");
    }
}

void putPictures(Page& page, const ReportContent& content)
{
    if (!content.pictures.empty())
        page.element("h2", tr("Views"));
    for (std::size_t i = 0; i < content.pictures.size(); ++i) {
        const ReportPicture& picture = content.pictures[i];
        page.element("h3", picture.title);
        for (const QString& condition : picture.conditions)
            page.element("p", condition, "muted");
        page.picture(picture, i);
        page.command(picture.command);
    }
}

void putTable(Page& page, const ReportTable& table)
{
    const auto style = [&table](qsizetype column) {
        const auto at = static_cast<std::size_t>(column);
        return at < table.numbers.size() && table.numbers[at] ? "number" : nullptr;
    };
    page.element("h2", table.title);
    if (!table.remark.isEmpty())
        page.element("p", table.remark, "muted");
    page.open("table");
    page.open("tr");
    for (qsizetype column = 0; column < table.columns.size(); ++column)
        page.element("th", table.columns[column], style(column));
    page.close("tr");
    for (const QStringList& row : table.rows) {
        page.open("tr");
        for (qsizetype column = 0; column < row.size(); ++column)
            page.element("td", row[column], style(column));
        page.close("tr");
    }
    page.close("table");
    page.command(table.command);
}

} // namespace

QByteArray reportHtml(const ReportContent& content, ReportMedium medium)
{
    Page page(medium);
    putHead(page, content, medium);
    putFacts(page, content);
    putNotes(page, content);
    putPictures(page, content);
    for (const ReportTable& table : content.tables)
        putTable(page, table);
    page.raw(QStringLiteral("</body>\n</html>\n"));
    return page.text().toUtf8();
}

} // namespace timbre::ui
