import type { AlertRule } from '../http/alert-api.js';
import type { Database } from './open-database.js';

/** The alert rules. */
export interface RuleStore {
  /** In the order they were added. */
  list(): AlertRule[];
  put(rule: AlertRule, atMs: number): void;
  remove(ruleId: string): void;
}

/** Makes the store over a database. */
export function createRuleStore(db: Database): RuleStore {
  return {
    list: () =>
      db
        .all(db.build.selectFrom('alert_rules').selectAll().orderBy('created_at').orderBy('rule_id'))
        .map(({ rule_id, definition }) => ({
          ...(JSON.parse(definition) as Omit<AlertRule, 'ruleId'>),
          ruleId: rule_id,
        })),
    put: ({ ruleId, ...rest }, atMs) => {
      const definition = JSON.stringify(rest);
      db.run(
        db.build
          .insertInto('alert_rules')
          .values({ rule_id: ruleId, created_at: Math.round(atMs), definition })
          .onConflict((conflict) => conflict.column('rule_id').doUpdateSet({ definition })),
      );
    },
    remove: (ruleId) => void db.run(db.build.deleteFrom('alert_rules').where('rule_id', '=', ruleId)),
  };
}
