#include "viz/system_graph.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outagesim {
namespace {

Service service(const std::string& name, ServiceKind kind,
                const std::vector<std::string>& needs = {}) {
  Service one;
  one.name = name;
  one.kind = kind;
  for (const std::string& target : needs) {
    Need need;
    need.name = target;
    need.targets = {Place{{target, {}}, {}}};
    one.needs.push_back(need);
  }
  return one;
}

double x_of(const GraphPicture& picture, std::size_t service) {
  return picture.boxes[picture.box_of[service]].x;
}

TEST(SystemGraph, PutsWhatIsNeededToTheLeft) {
  Scenario scenario;
  scenario.services = {
      service("shop", ServiceKind::kProduct, {"api"}),
      service("api", ServiceKind::kService, {"database", "dns"}),
      service("dns", ServiceKind::kInfrastructure),
      service("database", ServiceKind::kInfrastructure, {"region"}),
      service("region", ServiceKind::kSupplier)};
  const GraphPicture picture = graph_picture(scenario);
  ASSERT_EQ(picture.boxes.size(), 5u);
  EXPECT_LT(x_of(picture, 4), x_of(picture, 3));
  EXPECT_LT(x_of(picture, 3), x_of(picture, 1));
  EXPECT_EQ(x_of(picture, 2), x_of(picture, 3)) << "next to who needs it";
  EXPECT_LT(x_of(picture, 1), x_of(picture, 0));
  for (const GraphBox& box : picture.boxes) {
    EXPECT_GE(box.x, 0);
    EXPECT_LE(box.x + GraphPicture::kBoxWidth, picture.width);
    EXPECT_LE(box.y + GraphPicture::kBoxHeight, picture.height);
  }
}

TEST(SystemGraph, DrawsCirclesToo) {
  Scenario scenario;
  scenario.services = {service("a", ServiceKind::kService, {"b"}),
                       service("b", ServiceKind::kService, {"a"}),
                       service("shop", ServiceKind::kProduct, {"a"})};
  const GraphPicture picture = graph_picture(scenario);
  EXPECT_EQ(picture.lines.size(), 3u);
  EXPECT_LT(x_of(picture, 0), x_of(picture, 2));
}

TEST(SystemGraph, PutsNoTwoBoxesOnOnePlace) {
  Scenario scenario;
  for (int i = 0; i < 50; ++i) {
    scenario.services.push_back(
        service("part" + std::to_string(i), ServiceKind::kInfrastructure));
  }
  const GraphPicture picture = graph_picture(scenario);
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart = picture.boxes[i].x != picture.boxes[j].x ||
                         std::abs(picture.boxes[i].y - picture.boxes[j].y) >=
                             GraphPicture::kBoxHeight;
      EXPECT_TRUE(apart) << i << " " << j;
    }
  }
}

TEST(SystemGraph, FoldsALargeSystemButNotItsProductsAndFaults) {
  Scenario scenario;
  scenario.services = {service("shop", ServiceKind::kProduct, {"cart-7"}),
                       service("power", ServiceKind::kSupplier)};
  for (int i = 0; i < 2000; ++i) {
    const std::string stem = i % 2 == 0 ? "cart-" : "mail-";
    scenario.services.push_back(
        service(stem + std::to_string(i), ServiceKind::kService, {"power"}));
  }
  scenario.faults.resize(1);
  scenario.faults[0].where = {Place{{"power", {}}, {}}};
  const GraphPicture picture = graph_picture(scenario);
  ASSERT_EQ(picture.boxes.size(), 4u);
  EXPECT_EQ(picture.boxes[0].title, "shop");
  EXPECT_EQ(picture.boxes[1].title, "power");
  EXPECT_EQ(picture.boxes[2].title, "service cart (1000)");
  EXPECT_EQ(picture.boxes[2].services.size(), 1000u);
  EXPECT_EQ(picture.lines.size(), 2u) << "a line for a thousand needs";
}

}  // namespace
}  // namespace outagesim
