#pragma once

// What every operation that can fail returns: a value, or an Error that a user can act on. Rooms and threads exchange
// these values; no exception crosses a room.

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace timbre {

enum class ErrorCode {
    NotFound,
    NoPermission,
    Unreadable,    // the operating system refused a read
    Unwritable,    // the operating system refused a write (disk full, read-only, …)
    UnknownFormat, // the file is no capture we know
    Damaged,       // the file is of a known format and breaks its rules
    Invalid,       // a value from the user or a file is out of its range
    Busy,          // somebody else holds the resource
    Cancelled,
    Unsupported,
};

/// `message` is one sentence for the user: what failed and what can be done. `detail` is for the expert: path, offset,
/// reason given by the system.
struct Error {
    ErrorCode code = ErrorCode::Invalid;
    std::string message;
    std::string detail;
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Requires: ok().
    [[nodiscard]] T& value() & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&m_state)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }

    /// Requires: !ok().
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    /// Requires: !ok().
    [[nodiscard]] const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace timbre
