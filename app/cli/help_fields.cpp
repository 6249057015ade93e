#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "engine/query/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace timbre::cli {

ExitCode printFields()
{
    Output output = Output::standard();
    output.put("Fields of a flow, for --filter and --sort:\n\n");
    TextTable table(output.text(), {{"field", false}, {"type", false}, {"also written", false}, {"example", false}}, 2);
    for (const query::FieldInfo& field : query::allFields())
        table.add({std::string(field.name), std::string(query::typeName(field.type)),
                   fmt::format("{}", fmt::join(query::aliasesOf(field.id), " ")), std::string(field.example)});
    table.finish();
    output.put("\nWhat they mean:\n\n");
    for (const query::FieldInfo& field : query::allFields()) {
        output.put(fmt::format("  {}\n      {}\n", field.name, field.description));
        if (const auto words = query::enumValues(field.id); !words.empty())
            output.put(
                fmt::format("      Words: {}{}\n", fmt::join(words, " "), query::enumIsClosed(field.id) ? "" : " …"));
    }
    output.put("\nOperators: == != < <= > >= contains ~ (regular expression) in {a b c..d}; and or not, brackets.\n"
               "A field alone asks whether the flow has it: sni. `last 5m`: flows of the capture's last five minutes.\n"
               "A bare word looks at addresses and names: example.org. Numbers take units: 10MB, 250ms, 10Mbps.\n");
    return finished(output, ExitCode::Done);
}

} // namespace timbre::cli
