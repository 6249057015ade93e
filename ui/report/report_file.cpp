#include "ui/report/report_file.h"

#include "engine/base/new_file.h"
#include "ui/report/report_html.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QTextDocument>
#include <QtPrintSupport/QPrinter>

namespace timbre::ui {

namespace {

constexpr double kMarginMm = 15;

/// QPrinter writes to a path only: into a folder of our own first.
Result<QByteArray> printed(const ReportContent& content)
{
    const Error failed{
        ErrorCode::Unwritable, "The report could not be printed. Is there room in the temporary folder?", {}};
    const QTemporaryDir folder;
    if (!folder.isValid())
        return failed;
    QPrinter printer(QPrinter::HighResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setPageSize(QPageSize(QPageSize::A4));
    printer.setPageMargins(QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
    printer.setDocName(content.title);
    printer.setOutputFileName(folder.filePath(QStringLiteral("report.pdf")));
    QTextDocument document;
    for (std::size_t i = 0; i < content.pictures.size(); ++i)
        document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("picture:%1").arg(i)),
                             content.pictures[i].image);
    document.setHtml(QString::fromUtf8(reportHtml(content, ReportMedium::Paper)));
    document.print(&printer);
    QFile file(printer.outputFileName());
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0)
        return failed;
    return file.readAll();
}

} // namespace

Result<void> writeReport(const ReportContent& content, const QString& path, bool overwrite)
{
    Result<QByteArray> bytes = path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)
                                   ? printed(content)
                                   : Result<QByteArray>(reportHtml(content, ReportMedium::Browser));
    if (!bytes)
        return bytes.error();
    auto file = NewFile::create(std::filesystem::path(QFile::encodeName(path).toStdString()), overwrite);
    if (!file)
        return file.error();
    if (auto done = file->write(std::as_bytes(std::span(bytes->constData(), static_cast<std::size_t>(bytes->size()))));
        !done)
        return done;
    return file->finish();
}

} // namespace timbre::ui
