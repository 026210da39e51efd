//! From a rewritten query to a plan of DataFusion: the tables, the operators and the functions as
//! MaxCompute means them.

mod coerce;
mod errors;
mod lateral;
mod operators;
mod places;
mod table;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::datatypes::DataType;
use datafusion::common::{Result as DfResult, TableReference, plan_datafusion_err};
use datafusion::config::ConfigOptions;
use datafusion::datasource::ViewTable;
use datafusion::datasource::provider_as_source;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::planner::{ContextProvider, ExprPlanner, RelationPlanner};
use datafusion::logical_expr::{
    AggregateUDF, HigherOrderUDF, LogicalPlan, LogicalPlanBuilder, ScalarUDF, TableSource,
    WindowUDF, col,
};
use datafusion::prelude::SessionConfig;
use datafusion::sql::planner::SqlToRel;
use datafusion::sql::sqlparser::ast::{Query, Statement as Tree};

use crate::catalog::Catalog;
use crate::error::SqlError;
use crate::functions;
use crate::rewrite::{self, Names, Tables};
use crate::script;
use crate::session::{Options, Settings};
use crate::statement::Statement;

pub(crate) use errors::from_engine;
pub(crate) use table::{ScanFacts, Scans};

/// How deep views may name views.
const VIEW_DEPTH: usize = 16;

/// What one statement is planned and run with.
pub(crate) struct Planner {
    catalog: Arc<dyn Catalog>,
    pub(crate) state: SessionState,
    settings: Settings,
    /// What the plans read, as far as it is known.
    pub(crate) scans: Scans,
    full_scans: bool,
}

impl Planner {
    pub(crate) fn new(
        catalog: Arc<dyn Catalog>,
        options: &Options,
        settings: &Settings,
    ) -> Result<Self, SqlError> {
        let mut config = SessionConfig::new()
            .with_target_partitions(options.parallelism.max(1))
            .with_batch_size(4096);
        let all = config.options_mut();
        all.sql_parser.default_null_ordering = "nulls_min".to_owned();
        all.sql_parser.enable_ident_normalization = false;
        all.sql_parser.collect_spans = true;
        all.sql_parser.map_string_types_to_utf8view = false;
        all.execution.parquet.schema_force_view_types = false;
        all.execution.time_zone = Some(settings.zone().to_owned());
        all.optimizer.enable_dynamic_filter_pushdown = true;
        let pool = Arc::new(FairSpillPool::new(options.memory));
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(pool)
            .build_arc()
            .map_err(from_engine)?;
        let mut state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(runtime)
            .with_scalar_functions(functions::scalar())
            .with_aggregate_functions(functions::aggregate())
            .with_window_functions(functions::window())
            .with_expr_planners(vec![Arc::new(operators::Operators) as Arc<dyn ExprPlanner>])
            .with_relation_planners(vec![Arc::new(lateral::Laterals) as Arc<dyn RelationPlanner>])
            .build();
        // Functions get the options, and with them the time zone, only from a state that has begun.
        state.mark_start_execution();
        Ok(Self {
            catalog,
            state,
            settings: settings.clone(),
            scans: Scans::default(),
            full_scans: settings.flag("odps.sql.allow.fullscan"),
        })
    }

    /// The time zone of the session.
    pub(crate) fn zone(&self) -> chrono_tz::Tz {
        self.settings.zone().parse().unwrap_or(chrono_tz::UTC)
    }

    /// Reads are not held against the guard.
    pub(crate) fn allow_full_scans(&mut self) {
        self.full_scans = true;
    }

    /// What names mean.
    pub(crate) fn names<T>(&self, act: impl FnOnce(&Names<'_>) -> T) -> T {
        let known = |name: &str| {
            self.state.scalar_functions().contains_key(name)
                || self.state.aggregate_functions().contains_key(name)
                || self.state.window_functions().contains_key(name)
                || functions::higher_order(name).is_some()
        };
        act(&Names {
            catalog: self.catalog.as_ref(),
            schemas: self.settings.flag("odps.namespace.schema"),
            default_schema: self.settings.get("odps.default.schema"),
            function: &known,
        })
    }

    /// Plans a query as it was written.
    pub(crate) fn plan(&self, query: Query) -> Result<LogicalPlan, SqlError> {
        script::deep(|| self.plan_at(query, 0))
    }

    fn plan_at(&self, mut query: Query, depth: usize) -> Result<LogicalPlan, SqlError> {
        let places = places::Places::of(&query);
        let tables = self.names(|names| rewrite::query(&mut query, names))?;
        let provider = Provider {
            state: &self.state,
            tables: self.sources(tables, depth)?,
        };
        SqlToRel::new(&provider)
            .sql_statement_to_plan(Tree::Query(Box::new(query)))
            .and_then(coerce::coerce)
            .and_then(|plan| {
                // The types of the result are known only after values have met.
                let options = self.state.config_options();
                let analyzer = self.state.analyzer();
                analyzer.execute_and_check(plan, options, |_, _| {})
            })
            .map_err(|error| places.give(from_engine(error)))
    }

    fn sources(
        &self,
        tables: Tables,
        depth: usize,
    ) -> Result<HashMap<TableReference, Arc<dyn TableSource>>, SqlError> {
        let mut sources = HashMap::new();
        for (name, found) in tables {
            let schema = name.schema.clone().unwrap_or_else(|| "default".to_owned());
            let reference = TableReference::full(name.project.clone(), schema, name.table.clone());
            let source = match &found.def.view {
                Some(text) if depth < VIEW_DEPTH => {
                    let plan = self
                        .view(text, &found.def.columns, depth)
                        .map_err(|error| SqlError {
                            position: found.place,
                            ..error
                        })?;
                    provider_as_source(Arc::new(ViewTable::new(plan, Some(text.clone()))))
                }
                Some(_) => {
                    let error = SqlError::semantic("views are nested too deep");
                    return Err(error.at(found.place));
                }
                None => provider_as_source(Arc::new(table::Table::new(
                    self.catalog.clone(),
                    name,
                    found,
                    self.full_scans,
                    self.scans.clone(),
                )?)),
            };
            sources.insert(reference, source);
        }
        Ok(sources)
    }

    fn view(
        &self,
        text: &str,
        columns: &[odps::types::Column],
        depth: usize,
    ) -> Result<LogicalPlan, SqlError> {
        let pieces = script::pieces(text)?;
        let [piece] = pieces.as_slice() else {
            return Err(SqlError::semantic("the view holds no query"));
        };
        let Statement::Query(query) = Statement::read(piece, text)? else {
            return Err(SqlError::semantic("the view holds no query"));
        };
        let plan = self.plan_at(*query, depth + 1)?;
        if plan.schema().fields().len() != columns.len() {
            return Err(SqlError::semantic("the columns of the view have changed"));
        }
        let renamed: Vec<_> = plan
            .schema()
            .columns()
            .into_iter()
            .zip(columns)
            .map(|(from, to)| datafusion::logical_expr::Expr::Column(from).alias(&to.name))
            .collect();
        LogicalPlanBuilder::from(plan)
            .project(renamed)
            .and_then(LogicalPlanBuilder::build)
            .map_err(from_engine)
    }

    /// What a text means that needs no rows, as a value of a type.
    pub(crate) fn constant(
        &self,
        text: &str,
        kind: &odps::types::Type,
    ) -> Result<datafusion::logical_expr::Expr, SqlError> {
        let wrong = || SqlError::semantic(format_args!("'{text}' is no constant"));
        let script = format!("select {text}");
        let pieces = script::pieces(&script)?;
        let [piece] = pieces.as_slice() else {
            return Err(wrong());
        };
        let Statement::Query(query) = Statement::read(piece, &script)? else {
            return Err(wrong());
        };
        let plan = self.plan(*query).map_err(|_| wrong())?;
        match plan {
            LogicalPlan::Projection(rows)
                if matches!(*rows.input, LogicalPlan::EmptyRelation(_)) && rows.expr.len() == 1 =>
            {
                let value = rows.expr.into_iter().next().ok_or_else(wrong)?;
                let value = value.unalias();
                if value.any_column_refs() {
                    return Err(wrong());
                }
                Ok(functions::cast(value, &kind.to_string()))
            }
            _ => Err(wrong()),
        }
    }

    /// A plan over the rows of another one: its columns by place.
    pub(crate) fn project(
        plan: LogicalPlan,
        make: impl FnOnce(Vec<datafusion::logical_expr::Expr>) -> Vec<datafusion::logical_expr::Expr>,
    ) -> Result<LogicalPlan, SqlError> {
        let columns = plan.schema().columns();
        // Names may repeat in a query's result, but not below a projection.
        let names: Vec<String> = (0..columns.len()).map(|at| format!("$in{at}")).collect();
        let inner: Vec<_> = columns
            .into_iter()
            .zip(&names)
            .map(|(column, name)| datafusion::logical_expr::Expr::Column(column).alias(name))
            .collect();
        let outer = make(names.iter().map(|name| col(name.as_str())).collect());
        LogicalPlanBuilder::from(plan)
            .project(inner)
            .and_then(|builder| builder.project(outer))
            .and_then(LogicalPlanBuilder::build)
            .map_err(from_engine)
    }
}

struct Provider<'a> {
    state: &'a SessionState,
    tables: HashMap<TableReference, Arc<dyn TableSource>>,
}

impl ContextProvider for Provider<'_> {
    fn get_table_source(&self, name: TableReference) -> DfResult<Arc<dyn TableSource>> {
        let found = self.tables.get(&name).cloned();
        found.ok_or_else(|| plan_datafusion_err!("table {name} cannot be resolved"))
    }

    fn get_expr_planners(&self) -> &[Arc<dyn ExprPlanner>] {
        self.state.expr_planners()
    }

    fn get_relation_planners(&self) -> &[Arc<dyn RelationPlanner>] {
        self.state.relation_planners()
    }

    fn get_function_meta(&self, name: &str) -> Option<Arc<ScalarUDF>> {
        self.state.scalar_functions().get(name).cloned()
    }

    fn get_higher_order_meta(&self, name: &str) -> Option<Arc<HigherOrderUDF>> {
        functions::higher_order(name)
    }

    fn get_aggregate_meta(&self, name: &str) -> Option<Arc<AggregateUDF>> {
        self.state.aggregate_functions().get(name).cloned()
    }

    fn get_window_meta(&self, name: &str) -> Option<Arc<WindowUDF>> {
        self.state.window_functions().get(name).cloned()
    }

    fn get_variable_type(&self, _: &[String]) -> Option<DataType> {
        None
    }

    fn options(&self) -> &ConfigOptions {
        self.state.config_options()
    }

    fn udf_names(&self) -> Vec<String> {
        self.state.scalar_functions().keys().cloned().collect()
    }

    fn higher_order_function_names(&self) -> Vec<String> {
        Vec::new()
    }

    fn udaf_names(&self) -> Vec<String> {
        self.state.aggregate_functions().keys().cloned().collect()
    }

    fn udwf_names(&self) -> Vec<String> {
        self.state.window_functions().keys().cloned().collect()
    }
}

/// Locks without fear of a thread that died.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
