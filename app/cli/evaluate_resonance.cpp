#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/corpus_flows.h"
#include "app/cli/text_table.h"
#include "engine/base/json_writer.h"
#include "engine/resonance/evaluation.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

using resonance::Evaluation;

void writeJson(std::string& out, const Evaluation& evaluation)
{
    JsonWriter json(out);
    json.beginObject().key("classes").beginArray();
    for (const resonance::ClassResult& row : evaluation.classes) {
        json.beginObject().member("name", row.name).member("flows", static_cast<std::uint64_t>(row.flows));
        json.member("auc_mask_fixed", row.aucMaskFixed).member("auc_windows_fixed", row.aucWindowsFixed);
        json.endObject();
    }
    json.endArray().member("mean", evaluation.mean).member("worst", evaluation.worst).endObject();
    out += '\n';
}

void writeClasses(std::string& out, const Evaluation& evaluation)
{
    TextTable table(out, {{"class"},
                          {"flows", true},
                          {"AUC, mask fixed", true},
                          {"AUC, windows fixed", true},
                          {"exact, mask fixed", true},
                          {"exact, windows fixed", true}});
    const auto number = [](double value) { return fmt::format("{:.3f}", value); };
    for (const resonance::ClassResult& row : evaluation.classes)
        table.add({printable(row.name), std::to_string(row.flows), number(row.aucMaskFixed),
                   number(row.aucWindowsFixed), number(row.exactMaskFixed), number(row.exactWindowsFixed)});
    table.finish();
    out += fmt::format("\nmean {:.4f}, worst {:.4f} (calibrated score, both columns)\n", evaluation.mean,
                       evaluation.worst);
}

void writeReliability(std::string& out, const Evaluation& evaluation)
{
    out +=
        "\nWindows that score so much, and how many of them are the mask's own (own and other equally frequent):\n\n";
    TextTable table(out, {{"score"}, {"mean", true}, {"own", true}, {"pairs", true}}, 2);
    for (std::size_t i = 0; i < evaluation.reliability.size(); ++i) {
        const resonance::Reliability& bin = evaluation.reliability[i];
        if (bin.pairs > 0)
            table.add({fmt::format("{}–{}", 10 * i, 10 * (i + 1)), fmt::format("{:.1f}", 100 * bin.meanScore),
                       fmt::format("{:.1f} %", 100 * bin.ownShare), std::to_string(bin.pairs)});
    }
    table.finish();
}

void complainOfProblems(const CorpusFlows& corpus, const Evaluation& evaluation)
{
    for (const std::string& sentence : corpus.unreadable)
        complain(sentence);
    for (const std::string& sentence : evaluation.problems)
        complain(sentence);
}

} // namespace

ExitCode runEvaluateResonance(const EvaluateResonanceOptions& options)
{
    CorpusFlows corpus;
    resonance::EvaluationOptions evaluating;
    evaluating.seed = options.seed;
    evaluating.loss = options.lossPercent / 100.0;
    evaluating.withSpread = !options.foreignMasks;
    if (options.corpus.empty()) {
        corpus.flows = resonance::generatedFlows(options.seed, options.flowsPerClass);
    } else {
        evaluating.fewestPackets = options.fewestPackets;
        corpus = readCorpus(options.corpus, options.fewestPackets);
    }
    const Evaluation evaluation = resonance::evaluate(corpus.flows, evaluating);
    complainOfProblems(corpus, evaluation);
    if (evaluation.classes.empty()) {
        complain(fmt::format("{} holds no application with two flows of {} packets, of which one half has 100 from its "
                             "initiators.",
                             options.corpus, evaluating.fewestPackets));
        return ExitCode::Failed;
    }
    Output output = Output::standard();
    if (options.json) {
        writeJson(output.text(), evaluation);
    } else {
        writeClasses(output.text(), evaluation);
        writeReliability(output.text(), evaluation);
        if (!evaluation.onlyOthers.empty())
            output.put(fmt::format("\n{} more applications with too few flows were only among the others.\n",
                                   evaluation.onlyOthers.size()));
    }
    return finished(output, interrupted() ? ExitCode::Interrupted : ExitCode::Done);
}

} // namespace timbre::cli
