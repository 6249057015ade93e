#include "ui/dialogs/suppress_dialog.h"

#include "engine/trends/entity_view.h"
#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace timbre::ui {

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr qint64 kDayMs = 86'400'000;

bool looksLikeJa4(std::string_view text)
{
    constexpr std::size_t kLength = 36;
    return text.size() == kLength && text[10] == '_' && text[23] == '_';
}

} // namespace

SuppressDialog::SuppressDialog(const trends::Anomaly& anomaly, const trends::TrendsResult& result,
                               std::optional<TimeRange> range, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Suppress anomalies"));
    m_widest.type = anomaly.type;
    if (!anomaly.entities.empty())
        m_widest.entity = result.text(anomaly.entities.front());
    if (anomaly.entities.size() > 1)
        m_widest.otherEntity = result.text(anomaly.entities[1]);
    if (const auto shared = result.text(trends::sharedValueOf(result, anomaly)); looksLikeJa4(shared))
        m_widest.ja4 = shared;
    else if (looksLikeJa4(anomaly.evidence.newValue))
        m_widest.ja4 = anomaly.evidence.newValue;
    if (range) {
        m_widest.fromMs = trends::floorDiv(range->begin.ns, kNsPerMs);
        m_widest.toMs = trends::floorDiv(range->end.ns, kNsPerMs);
    }
    auto* form = new QFormLayout(this);
    const auto box = [&](const QString& text, bool possible, bool checked) {
        auto* made = new QCheckBox(text, this);
        made->setEnabled(possible);
        made->setChecked(possible && checked);
        connect(made, &QCheckBox::toggled, this, &SuppressDialog::updateScope);
        return made;
    };
    m_type = box(titleText(anomaly.type), true, true);
    m_entity = box(tr("of %1").arg(toQString(m_widest.entity)), !m_widest.entity.empty(), true);
    m_pair = box(tr("together with %1").arg(toQString(m_widest.otherEntity)), !m_widest.otherEntity.empty(), false);
    m_ja4 = box(tr("with %1").arg(toQString(m_widest.ja4)), !m_widest.ja4.empty(), false);
    m_time = box(tr("in the chosen time range"), range.has_value(), false);
    form->addRow(tr("Hide"), m_type);
    for (QCheckBox* one : {m_entity, m_pair, m_ja4, m_time})
        if (one->isEnabled())
            form->addRow(QString(), one);
        else
            one->hide();
    m_reason = new QLineEdit(this);
    m_reason->setPlaceholderText(tr("Why, for those who look later"));
    form->addRow(tr("Reason"), m_reason);
    m_expiry = new QComboBox(this);
    m_expiry->addItem(tr("Never"), qint64{0});
    m_expiry->addItem(tr("In a day"), kDayMs);
    m_expiry->addItem(tr("In a week"), 7 * kDayMs);
    m_expiry->addItem(tr("In 30 days"), 30 * kDayMs);
    form->addRow(tr("Ends"), m_expiry);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Suppress"), QDialogButtonBox::AcceptRole);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_reason, &QLineEdit::textChanged, this, &SuppressDialog::updateScope);
    updateScope();
    m_reason->setFocus();
}

/// A rule needs a reason and must not hide everything.
void SuppressDialog::updateScope()
{
    const bool something = m_type->isChecked() || m_entity->isChecked() || m_ja4->isChecked() || m_time->isChecked();
    m_accept->setEnabled(something && !m_reason->text().trimmed().isEmpty());
}

trends::Suppression SuppressDialog::suppression() const
{
    trends::Suppression rule;
    if (m_type->isChecked())
        rule.type = m_widest.type;
    if (m_entity->isChecked())
        rule.entity = m_widest.entity;
    if (m_pair->isChecked())
        rule.otherEntity = m_widest.otherEntity;
    if (m_ja4->isChecked())
        rule.ja4 = m_widest.ja4;
    if (m_time->isChecked()) {
        rule.fromMs = m_widest.fromMs;
        rule.toMs = m_widest.toMs;
    }
    rule.reason = m_reason->text().trimmed().toStdString();
    if (const qint64 after = m_expiry->currentData().toLongLong(); after > 0)
        rule.expiresMs = QDateTime::currentMSecsSinceEpoch() + after;
    return rule;
}

} // namespace timbre::ui
