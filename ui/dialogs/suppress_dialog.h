#pragma once

// Asks how much to hide and why: the scope begins as narrow as the anomaly itself.

#include "engine/base/timestamp.h"
#include "engine/trends/suppression.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace timbre::ui {

class SuppressDialog : public QDialog {
    Q_OBJECT

public:
    SuppressDialog(const trends::Anomaly& anomaly, const trends::TrendsResult& result, std::optional<TimeRange> range,
                   QWidget* parent);

    [[nodiscard]] trends::Suppression suppression() const;

private:
    void updateScope();

    trends::Suppression m_widest; // everything that could be asked for
    QCheckBox* m_type = nullptr;
    QCheckBox* m_entity = nullptr;
    QCheckBox* m_pair = nullptr;
    QCheckBox* m_ja4 = nullptr;
    QCheckBox* m_time = nullptr;
    QLineEdit* m_reason = nullptr;
    QComboBox* m_expiry = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace timbre::ui
