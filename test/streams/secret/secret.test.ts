import { inspect } from 'node:util';
import { expect } from 'chai';
import { Secret } from '../../../streams/secret/secret.js';

describe('a secret', () => {
  const text = 'rtsp://user:s3cr3t@10.0.0.5/1';
  const secret = new Secret(text);
  const isHidden = (value: string): void => void expect(value).not.to.include('s3cr3t');

  it('is told to whoever asks for it by name', () => {
    expect(secret.reveal()).to.equal(text);
  });

  it('is not in JSON, also deep inside of something', () => {
    expect(JSON.stringify(secret)).to.equal('"[secret]"');
    expect(JSON.stringify({ camera: [{ access: secret }] })).to.equal('{"camera":[{"access":"[secret]"}]}');
  });

  it('is not in what is made of it as text', () => {
    expect(String(secret)).to.equal('[secret]');
    expect('to ' + secret.toString()).to.equal('to [secret]');
    expect([secret].join(' ')).to.equal('[secret]');
  });

  it('is not in what a console shows, however deep it looks', () => {
    expect(inspect(secret)).to.equal('[secret]');
    isHidden(inspect({ a: { b: { c: [secret] } } }, { depth: null, showHidden: true, getters: true }));
    isHidden(inspect(new Error('no way in', { cause: { access: secret } }), { depth: null }));
  });

  it('is not in a copy, by whatever way', () => {
    // What goes to another process or thread is cloned so.
    expect(structuredClone(secret)).to.deep.equal({});
    expect(Object.assign({}, secret)).to.deep.equal({});
    isHidden(JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret).map(String)]));
  });

  it('is compared with another one without being shown', () => {
    expect(secret.equals(new Secret(text))).to.equal(true);
    expect(secret.equals(new Secret(text.replace('3', '4')))).to.equal(false);
    expect(secret.equals(new Secret(''))).to.equal(false);
  });
});
