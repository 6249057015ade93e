#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "engine/base/json_writer.h"
#include "engine/capture/capture_helper.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

using capture::LiveInterfaceInfo;

std::string stateOf(const LiveInterfaceInfo& interface)
{
    if (!interface.up)
        return "off";
    return interface.running && interface.connected ? "up" : "no link";
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + printable(text);
    return all;
}

void putJson(std::string& out, const LiveInterfaceInfo& interface)
{
    JsonWriter json(out);
    json.beginObject()
        .member("name", interface.name)
        .member("description", interface.description)
        .member("state", stateOf(interface))
        .member("loopback", interface.loopback)
        .member("wireless", interface.wireless);
    json.key("addresses").beginArray();
    for (const std::string& address : interface.addresses)
        json.value(address);
    json.endArray();
    if (const auto traffic = capture::interfaceTraffic(interface.name))
        json.member("packets", traffic->packets).member("bytes", traffic->bytes);
    json.endObject();
    out += '\n';
}

void putTable(std::string& out, const std::vector<LiveInterfaceInfo>& interfaces)
{
    TextTable table(
        out, {{"interface", false}, {"state", false}, {"packets so far", true}, {"addresses", false}, {"", false}});
    for (const LiveInterfaceInfo& interface : interfaces) {
        const auto traffic = capture::interfaceTraffic(interface.name);
        table.add({printable(interface.name), stateOf(interface),
                   traffic ? plainSpaces(pipeline::formatCount(traffic->packets)) : std::string(),
                   joined(interface.addresses), printable(interface.description)});
    }
    table.finish();
}

} // namespace

ExitCode runInterfaces(const InterfacesOptions& options)
{
    const auto interfaces = capture::listInterfaces();
    if (!interfaces) {
        complain(interfaces.error());
        return ExitCode::Failed;
    }
    Output output = Output::standard();
    if (options.json) {
        for (const LiveInterfaceInfo& interface : *interfaces)
            putJson(output.text(), interface);
    } else {
        putTable(output.text(), *interfaces);
        if (!capture::helperMayCapture(capture::helperPath()))
            complain("Capturing is not permitted yet; this grants it: " + capture::grantCommand(capture::helperPath()));
    }
    return finished(output, ExitCode::Done);
}

} // namespace timbre::cli
