#include <algorithm>
#include <charconv>

#include "models/compiled/compile_graph.h"
#include "models/compiled/model.h"

namespace outagesim {

NodeId cell_of(const Graph& graph, ServiceId service, ServiceId asking,
               std::uint32_t cell) {
  const CompiledService& target = graph.services[service];
  const bool shared = target.cells_root == graph.services[asking].cells_root;
  return shared && cell < target.cells.size() ? target.cells[cell]
                                              : target.whole;
}

std::string node_name(const Graph& graph, NodeId node) {
  const CompiledService& service = graph.services[graph.nodes[node].service];
  return is_one_cell(graph, node)
             ? service.name + "." + service.cell_names[graph.nodes[node].cell]
             : service.name;
}

NeedId need_at(const Graph& graph, const Service& service, NodeId cell,
               std::size_t declared) {
  if (!bears_on_serving(service.needs[declared].kind)) {
    return kNone;
  }
  const auto before = std::count_if(
      service.needs.begin(),
      service.needs.begin() + static_cast<std::ptrdiff_t>(declared),
      [](const Need& need) { return bears_on_serving(need.kind); });
  return graph.nodes[cell].first_need + static_cast<NeedId>(before);
}

std::uint32_t cell_index(const CompiledService& service,
                         std::string_view name) {
  const auto found = std::ranges::find(service.cell_names, name);
  if (found != service.cell_names.end()) {
    return static_cast<std::uint32_t>(found - service.cell_names.begin());
  }
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), number);
  const bool fits = error == std::errc{} && end == name.data() + name.size() &&
                    number >= 1 && number <= service.cells.size();
  return fits ? number - 1 : kNone;
}

}  // namespace outagesim
