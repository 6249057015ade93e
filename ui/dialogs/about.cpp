#include "ui/dialogs/about.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QMessageBox>

namespace timbre::ui {

void showAbout(QWidget& parent)
{
    auto* box = new QMessageBox(&parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QCoreApplication::translate("About", "About Timbre"));
    box->setText(QStringLiteral("Timbre %1").arg(QLatin1String(TIMBRE_VERSION)));
    box->setInformativeText(
        QCoreApplication::translate(
            "About",
            "A workbench for people who read network traffic for a living.\n\nFree software under the GNU General "
            "Public License, version 3 or later. Built with Qt %1, QCustomPlot, libpcap, SQLite and libarchive.")
            .arg(QLatin1String(qVersion())));
    box->setModal(false);
    box->show();
}

} // namespace timbre::ui
