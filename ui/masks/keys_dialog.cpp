#include "ui/masks/keys_dialog.h"

#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/plots/plot_frame.h"

#include <QtCore/QFile>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

namespace timbre::ui {

KeysDialog::KeysDialog(EngineBridge& bridge, QWidget* parent)
    : QDialog(parent)
    , m_bridge(bridge)
    , m_model(new PlotTableModel(this))
    , m_table(new QTableView(this))
    , m_words(new QLabel(this))
{
    setWindowTitle(tr("Keys"));
    resize(640, 360);
    auto* layout = new QVBoxLayout(this);
    auto* about =
        new QLabel(tr("A mask signed with a trusted key is shown as trusted. A private key stays in its file, "
                      "which only you may read; the file beside it that ends in .pub is for others."),
                   this);
    about->setWordWrap(true);
    layout->addWidget(about);
    setUpTable(*m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Keys"));
    layout->addWidget(m_table, 1);
    m_words->setWordWrap(true);
    layout->addWidget(m_words);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString& text, auto slot) {
        connect(buttons->addButton(text, QDialogButtonBox::ActionRole), &QPushButton::clicked, this, slot);
    };
    add(tr("&Make a key…"), [this] { makeKey(); });
    add(tr("&Add a key…"), [this] { addKey(); });
    add(tr("&Trust or not"), [this] {
        if (const store::StoredKey* key = selected())
            m_bridge.recordings()->setTrusted(key->id, !key->trusted);
    });
    add(tr("&Forget"), [this] {
        if (const store::StoredKey* key = selected())
            m_bridge.recordings()->removeKey(key->id);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(&bridge, &EngineBridge::recordingsChanged, this, &KeysDialog::refresh);
    refresh();
}

const store::StoredKey* KeysDialog::selected() const
{
    const int row = m_table->currentIndex().row();
    return m_keys && row >= 0 && row < static_cast<int>(m_keys->size()) ? &(*m_keys)[static_cast<std::size_t>(row)]
                                                                        : nullptr;
}

void KeysDialog::refresh()
{
    const int row = m_table->currentIndex().row();
    m_keys = m_bridge.recordings()->snapshot()->keys;
    m_model->setTable({{tr("Key"), tr("Id"), tr("Trusted"), tr("Signs with")},
                       static_cast<int>(m_keys->size()),
                       [keys = m_keys](int at, int column) {
                           const store::StoredKey& key = (*keys)[static_cast<std::size_t>(at)];
                           switch (column) {
                           case 0:
                               return toQString(key.label);
                           case 1:
                               return toQString(key.id);
                           case 2:
                               return key.trusted ? tr("yes") : tr("no");
                           default:
                               return toQString(key.privateFile);
                           }
                       }});
    m_table->horizontalHeader()->resizeSection(0, 140);
    m_table->horizontalHeader()->resizeSection(1, 150);
    m_table->horizontalHeader()->setStretchLastSection(true);
    if (row >= 0 && row < m_model->rowCount())
        m_table->selectRow(row);
    if (m_keys->empty())
        m_words->setText(tr("No key is known yet."));
}

std::function<void(Result<std::string>)> KeysDialog::report(const QString& good)
{
    return m_bridge.onWindow<std::string>(this, [this, good](Result<std::string> done) {
        m_words->setText(done ? good.arg(toQString(*done)) : toQString(done.error().message));
    });
}

void KeysDialog::makeKey()
{
    const QString label = QInputDialog::getText(this, tr("Make a key"), tr("Whose key it is:"));
    if (label.isEmpty())
        return;
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Where the private key goes"), QStringLiteral("timbre.key"), {}, nullptr,
                                     QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        m_bridge.recordings()->makeKey(
            QFile::encodeName(file).toStdString(), label.toStdString(),
            report(tr("Made key %1. Give the .pub file to those who shall check signatures.")));
}

void KeysDialog::addKey()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Add a key"));
    if (file.isEmpty())
        return;
    const QString label = QInputDialog::getText(this, tr("Add a key"), tr("Whose key it is:"));
    if (!label.isEmpty())
        m_bridge.recordings()->addKey(QFile::encodeName(file).toStdString(), label.toStdString(), false,
                                      report(tr("Added key %1. It is not trusted until you say so.")));
}

} // namespace timbre::ui
