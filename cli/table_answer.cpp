#include "cli/table_answer.h"

#include <iostream>
#include <utility>

#include "cli/terminal.h"
#include "viz/result_json.h"

namespace outagesim {

TableAnswer::TableAnswer(const SimOptions& options, std::string file)
    : format_(options.format), file_(std::move(file)) {
  if (options.out) files_.emplace(*options.out);
}

void TableAnswer::give(const RunInfo& info, const AnswerForms& forms) {
  if (files_) {
    files_->add(file_, forms.csv());
    files_->add("run.json", run_json(info, {file_, "run.json"}));
    files_->commit();
  }
  if (format_ == OutputFormat::kJson) {
    std::cout << forms.json();
  } else {
    print(forms.table());
  }
}

}  // namespace outagesim
