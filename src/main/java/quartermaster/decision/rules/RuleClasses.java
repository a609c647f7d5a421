package quartermaster.decision.rules;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.model.Model;

/**
 * Rules as Java classes.
 *
 * @param models the names of those that say which rules there are
 * @param classes their code by their names
 */
public record RuleClasses(List<String> models, Map<String, byte[]> classes) {
    public RuleClasses {
        models = List.copyOf(models);
        classes = new TreeMap<>(classes);
    }

    /** The rules in a class loader of their own, which goes when they are no longer used. */
    public LoadedRules load() {
        ClassLoader loader = new Loader(classes);
        List<Model> loaded = new ArrayList<>();
        for (String model : models) {
            loaded.add(model(loader, model));
        }
        return new LoadedRules(loader, loaded);
    }

    private static Model model(ClassLoader loader, String name) {
        try {
            return (Model) loader.loadClass(name).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The class " + name + " of the rules does not start.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The class " + name + " of the rules cannot be used.", e);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> notYetLoaded;

        Loader(Map<String, byte[]> classes) {
            super(RuleClasses.class.getClassLoader());
            this.notYetLoaded = new ConcurrentHashMap<>(classes);
        }

        /** The program's loader is not asked for the rules' own classes: it never forgets a name. */
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] code = notYetLoaded.remove(name);
                return code == null ? super.loadClass(name, resolve) : defineClass(name, code, 0, code.length);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            throw new ClassNotFoundException(name);
        }
    }
}
