//! What rows are sorted by, as SQL expressions.

use domain::table::{ColumnSpec, Direction};
use sea_orm::{
    ConnectionTrait, DbBackend,
    sea_query::{CaseStatement, Expr, ExprTrait, Func, NullOrdering, Order, SubQueryStatement},
};

use super::{SqlColumn, SqlList};

/// Missing values come first ascending and last descending; the databases disagree on that unless told.
pub(super) fn direction(direction: Direction) -> (Order, NullOrdering) {
    match direction {
        Direction::Ascending => (Order::Asc, NullOrdering::First),
        Direction::Descending => (Order::Desc, NullOrdering::Last),
    }
}

/// What to sort by for a column.
pub(super) fn key(column: &SqlColumn, spec: &ColumnSpec, db: &impl ConnectionTrait) -> Expr {
    match column {
        SqlColumn::Text(text) | SqlColumn::TextAmong(text, _) | SqlColumn::OnePhone(text) => bytewise(text.clone(), db),
        SqlColumn::TextList(list) | SqlColumn::Phone(list) => smallest(list, db),
        SqlColumn::Number(value) | SqlColumn::Date(value) => value.clone(),
        SqlColumn::Choice(choice) => position(choice, spec),
    }
}

/// Texts sort by their bytes: always so on SQLite, and on PostgreSQL in the collation "C".
fn bytewise(text: Expr, db: &impl ConnectionTrait) -> Expr {
    match db.get_database_backend() {
        DbBackend::Postgres => Expr::cust_with_exprs(r#"($1) COLLATE "C""#, [text]),
        _ => text,
    }
}

fn smallest(list: &SqlList, db: &impl ConnectionTrait) -> Expr {
    let mut rows = list.rows.clone();
    rows.expr(Func::min(bytewise(list.element.clone(), db)));
    bytewise(Expr::from(SubQueryStatement::SelectStatement(rows)), db)
}

/// Where the choice stands among the choices of the column; none for an unknown one.
fn position(choice: &Expr, spec: &ColumnSpec) -> Expr {
    let places = (0_i32..).zip(spec.choices);
    places
        .fold(CaseStatement::new(), |case, (place, known)| {
            case.case(choice.clone().eq(known.value), place)
        })
        .into()
}
