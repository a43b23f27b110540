import { expect } from 'chai';
import { ClassifierChangeError } from '../../../server/analysis/classifier-change-error.js';
import type { ChoiceHistory } from '../../../server/classifiers/choice-history.js';
import { ClassifierDesk } from '../../../server/classifiers/classifier-desk.js';
import { ClassifierError } from '../../../server/classifiers/classifier-error.js';
import type { LibraryEntry } from '../../../server/classifiers/library-entry.js';

const entries: LibraryEntry[] = ['first', 'second', 'bad'].map((name) => ({
  name,
  origin: 'shipped',
  folder: `/models/${name}`,
}));

/** A desk over a pool that cannot load `bad`, and what was asked of pool and store. */
function bench(): { desk: ClassifierDesk; loaded: string[]; stored: string[]; failStore: () => void } {
  const loaded: string[] = [];
  const stored: string[] = [];
  let failing = false;
  const desk = new ClassifierDesk({
    library: {
      list: () => Promise.resolve(entries),
      folderOf: (name) => Promise.resolve(`/models/${name}`),
    },
    pool: {
      useClassifier: (folder) => {
        if (folder === '/models/bad') {
          return Promise.reject(new ClassifierChangeError('refused', `${folder}/weights.bin is damaged`));
        }
        loaded.push(folder);
        return Promise.resolve();
      },
    },
    store: {
      write: (history: ChoiceHistory) => {
        if (failing) throw new Error('disk full');
        stored.push(history.map(({ name }) => name).join());
      },
    },
    history: [{ name: 'first' }],
    folder: '/models/first',
    now: () => 7,
    onChanged: () => undefined,
  });
  return {
    desk,
    loaded,
    stored,
    failStore: () => {
      failing = true;
    },
  };
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe('the desk of the mask classifiers', () => {
  it('lets one run, remembers it, and goes back', async () => {
    const { desk, loaded, stored } = bench();
    const list = await desk.use('second');
    expect(list.active).to.equal('second');
    expect(list.history).to.deep.equal([{ name: 'second', since: 7 }, { name: 'first' }]);
    expect(list.models.filter(({ active }) => active).map(({ name }) => name)).to.deep.equal(['second']);
    expect((await desk.rollBack()).active).to.equal('first');
    expect(loaded).to.deep.equal(['/models/second', '/models/first']);
    expect(stored).to.deep.equal(['first,second', 'first']);
    expect(await refusalOf(desk.rollBack())).to.include({ code: 'nothing-to-roll-back' });
  });

  it('does nothing for the one that runs already', async () => {
    const { desk, loaded } = bench();
    await desk.use('first');
    expect(loaded).to.deep.equal([]);
  });

  it('keeps the present one, and tells the file but no path, where another one is refused', async () => {
    const { desk, stored } = bench();
    const error = await refusalOf(desk.use('bad'));
    expect(error).to.be.instanceOf(ClassifierError);
    expect(error).to.include({ code: 'model-refused', message: 'bad/weights.bin is damaged' });
    expect((await desk.list()).active).to.equal('first');
    expect(stored).to.deep.equal([]);
  });

  it('makes one change at a time', async () => {
    const { desk } = bench();
    const change = desk.use('second');
    expect(await refusalOf(desk.rollBack())).to.include({ code: 'model-change-under-way' });
    await change;
    expect((await desk.rollBack()).active).to.equal('first');
  });

  it('takes a choice back that cannot be remembered', async () => {
    const { desk, loaded, failStore } = bench();
    failStore();
    expect(await refusalOf(desk.use('second'))).to.include({ message: 'disk full' });
    expect(loaded).to.deep.equal(['/models/second', '/models/first']);
    expect((await desk.list()).active).to.equal('first');
  });
});
