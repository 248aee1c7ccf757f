#include "authoring/sql/sql_dialect.h"
namespace fosterflow { std::unique_ptr<const SqlDialect> clickHouseDialect() { return nullptr; } }
