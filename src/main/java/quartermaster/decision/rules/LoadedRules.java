package quartermaster.decision.rules;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.EntryPoint;
import org.drools.model.Global;
import org.drools.model.Model;
import org.drools.model.Query;
import org.drools.model.Rule;
import org.drools.model.TypeMetaData;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/** Rules whose classes are loaded: all of them ready to run, or some. */
public final class LoadedRules {
    private final ClassLoader loader;
    private final List<Model> models;
    private final KieBase all;

    LoadedRules(ClassLoader loader, List<Model> models) {
        this.loader = loader;
        this.models = List.copyOf(models);
        this.all = base(this.models);
    }

    public KieBase all() {
        return all;
    }

    /** @param left the names of those that are left out */
    public KieBase without(Set<String> left) {
        return base(models.stream()
                .map(each -> (Model) new Some(
                        each,
                        each.getRules().stream()
                                .filter(rule -> !left.contains(rule.getName()))
                                .toList()))
                .toList());
    }

    private KieBase base(List<Model> of) {
        return KieBaseBuilder.createKieBaseFromModel(
                of, RuleBaseFactory.newKnowledgeBaseConfiguration(new Properties(), loader));
    }

    /** A model with some of its rules. */
    private record Some(Model whole, List<Rule> rules) implements Model {
        @Override
        public String getName() {
            return whole.getName();
        }

        @Override
        public String getPackageName() {
            return whole.getPackageName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public List<Global> getGlobals() {
            return whole.getGlobals();
        }

        @Override
        public List<Rule> getRules() {
            return rules;
        }

        @Override
        public List<Query> getQueries() {
            return whole.getQueries();
        }

        @Override
        public List<TypeMetaData> getTypeMetaDatas() {
            return whole.getTypeMetaDatas();
        }

        @Override
        public List<EntryPoint> getEntryPoints() {
            return whole.getEntryPoints();
        }
    }
}
