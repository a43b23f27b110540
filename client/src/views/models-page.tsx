import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { ModelDialog } from '../components/model-dialog.js';
import { ModelPanel } from '../components/model-panel.js';
import { RouteLink } from '../components/route-link.js';
import { type Models, useModels } from '../components/use-models.js';
import { useServices } from '../services.js';

/** The mask classifiers that there are: which one runs, how good each is, another one, back to the one before. */
export function ModelsPage() {
  const { strings } = useServices();
  const t = strings.models;
  const models = useModels();
  const { list, loadError, wanted, busy, failure } = models;
  if (list === undefined) {
    return loadError === undefined ? (
      <FullPageNote whole busy title={t.loading} />
    ) : (
      <FullPageNote whole icon="warning" title={t.errorTitle} text={loadError}>
        <button type="button" class="button button-primary" onClick={() => models.reload()}>
          {strings.wall.tryAgain}
        </button>
        <RouteLink to={{ view: 'wall' }} class="button">
          {strings.app.backToWall}
        </RouteLink>
      </FullPageNote>
    );
  }
  return (
    <div class="models-page" data-testid="models-page">
      <Head models={models} before={list.history[1]?.name} />
      <p class="quiet">{t.intro}</p>
      {/* Always there, so that what comes into it is read out. */}
      <div role="status">
        {models.changedTo !== undefined && <p class="notice notice-good">{t.changed(models.changedTo)}</p>}
      </div>
      {list.models.length === 0 ? (
        <FullPageNote icon="warning" title={t.emptyTitle} text={t.empty} />
      ) : (
        <div class="model-list">
          {[...list.models]
            .sort((a, b) => Number(b.active) - Number(a.active))
            .map((model) => (
              <ModelPanel
                key={`${model.origin}-${model.name}`}
                model={model}
                onUse={() => models.want({ name: model.name, rollback: false })}
              />
            ))}
        </div>
      )}
      {wanted !== undefined && (
        <ModelDialog
          {...wanted}
          busy={busy}
          failure={failure}
          onConfirm={() => models.confirm()}
          onClose={() => models.want(undefined)}
        />
      )}
    </div>
  );
}

function Head({ models, before }: { readonly models: Models; readonly before: string | undefined }) {
  const { strings } = useServices();
  const t = strings.models;
  return (
    <header class="page-head">
      <RouteLink to={{ view: 'wall' }} class="icon-button" label={strings.app.backToWall}>
        <Icon name="back" />
      </RouteLink>
      <h1>{t.title}</h1>
      {before !== undefined && (
        <button type="button" class="button" onClick={() => models.want({ name: before, rollback: true })}>
          {t.rollbackTo(before)}
        </button>
      )}
    </header>
  );
}
